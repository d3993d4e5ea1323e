"""What a trained network has inside, found by what a layer does and not by its name.

>>> found = Inside(model)
>>> found.kernel(1).shape
(5, 5, 1, 6)
>>> found.values(images, found.after("pool", 2)).shape
(3, 5, 5, 16)

Nested, subclassed and functional models are seen through, and an operation (`keras.ops.max_pool`)
counts like the layer that does the same.
"""

from __future__ import annotations

from typing import Any

import numpy as np

KINDS = {
    "convolution": ("Conv", "Conv2D"),
    "pool": ("MaxPool", "AveragePool", "MaxPooling2D", "AveragePooling2D"),
}

DENSE = ("Dense", "Matmul")


class Inside:
    """The steps of a model from its input to its output, as calls of Keras' own layers.

    Attributes:
        output: the place of the model's output; for `values`.
        last_features: the place from which the last layer with weights makes the output.

    Args:
        model: a built Keras model with one input.
        input_shape: `(height, width, channels)`, where the model does not know it itself.
    """

    def __init__(self, model: Any, input_shape: tuple[int, ...] | None = None) -> None:
        from course_lib.blueprints import _expand
        from course_lib.blueprints._trace import _make_inputs

        recorder = _expand.Recorder()
        graph = _expand.functional_inside(model)
        self._input = _make_inputs(model, graph, input_shape, None)
        try:
            with _expand.expanding(recorder):
                self.output = model(self._input, training=False)
        finally:
            recorder.forget()
        self._steps = [(_expand.primitive_class(n.operation), n) for n in recorder.nodes]
        weighted = [n for kind, n in self._steps if kind in (*KINDS["convolution"], *DENSE)]
        self.last_features = weighted[-1].input_tensors[0] if weighted else self.output

    def before(self, kind: str, number: int) -> Any:
        """What the n-th layer of a kind (`"convolution"`, `"pool"`) takes; for `values`."""
        return self._find(kind, number).input_tensors[0]

    def after(self, kind: str, number: int) -> Any:
        """What the n-th layer of a kind gives; for `values`.

        Raises:
            LookupError: if the network has fewer of them.
        """
        return self._find(kind, number).outputs[0]

    def kernels(self) -> list[Any]:
        """The kernels of all convolutions, first to last: variables, to look at or to assign."""
        return [_kernel(node) for found, node in self._steps if found in KINDS["convolution"]]

    def weights(self) -> list[Any]:
        """All weights, in the order in which they are used."""
        import keras

        found: dict[int, Any] = {}
        for _, node in self._steps:
            own = getattr(node.operation, "weights", None)
            leaves = keras.tree.flatten((node.arguments.args, node.arguments.kwargs))
            used = own or [leaf for leaf in leaves if isinstance(leaf, keras.Variable)]
            found |= {id(weight): weight for weight in used}
        return list(found.values())

    def kernel(self, number: int) -> np.ndarray:
        """A copy of the kernel of the n-th convolution, `(height, width, channels, filters)`."""
        import keras

        kernel = _kernel(self._find("convolution", number))
        return np.array(keras.ops.convert_to_numpy(kernel))

    def values(self, images: Any, *places: Any) -> list[np.ndarray]:
        """What stands at these places of the network for these images.

        Args:
            images: `(batch, height, width, channels)`.
            *places: `before(...)`, `after(...)`, `last_features`, `output`.

        Returns:
            An array for each place, batch first.
        """
        import keras

        found = {id(self._input): keras.ops.convert_to_tensor(images)}
        for _, node in self._steps:
            args, kwargs = node.arguments.fill_in(found)
            outputs = keras.tree.flatten(node.operation(*args, **kwargs))
            found |= {id(t): value for t, value in zip(node.outputs, outputs, strict=True)}
        return [keras.ops.convert_to_numpy(found[id(place)]) for place in places]

    def _find(self, kind: str, number: int) -> Any:
        nodes = [node for found, node in self._steps if found in KINDS[kind]]
        if number > len(nodes):
            raise LookupError(
                f"There must be {number} layers of the kind {kind!r} to look at. Of your network "
                f"only {len(nodes)} can be seen."
            )
        return nodes[number - 1]


def layers_by_name(model: Any) -> dict[str, Any]:
    """All layers of a model by their names, those of models inside it included."""
    return {layer.name: layer for layer in model._flatten_layers(include_self=False)}


def _kernel(node: Any) -> Any:
    """The kernel of a convolution that is a layer, or an operation with the kernel as argument."""
    own = getattr(node.operation, "kernel", None)
    if own is not None:
        return own
    arguments = [*node.arguments.args[1:], *node.arguments.kwargs.values()]
    return next(value for value in arguments if len(getattr(value, "shape", ())) == 4)
