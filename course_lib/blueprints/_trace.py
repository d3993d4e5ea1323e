"""Reads the graph of a weightless model into a `Blueprint`."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from course_lib.blueprints import _expand
from course_lib.blueprints._describe import describe_arguments, describe_config, weight_name
from course_lib.blueprints._errors import UnknownInputError
from course_lib.blueprints._values import (
    Blueprint,
    CallBlueprint,
    LayerBlueprint,
    NodeReference,
    Shape,
    Weight,
)

_SOME_IMAGES = 3


def trace(
    model: Any,
    shapes: tuple[Any, Any],
    batch_size: int | None = None,
    variables: dict[tuple[str, str], Any] | None = None,
) -> Blueprint:
    """Returns the blueprint of `model`; call it inside `weightless`.

    Args:
        model: A Keras model or layer, built or not.
        shapes: `input_shape` and `fallback_shape`; see `blueprint`.
        batch_size: See `blueprint`.
        variables: Filled with the model's variables, by names of layer and weight.
    """
    variables = {} if variables is None else variables
    graph = _expand.functional_inside(model)
    input_shape = shapes[0]
    if input_shape is None and graph is None:
        input_shape = _shape_built_with(model) or shapes[1]
    if graph is not None and _is_flat(graph) and _agrees(graph, input_shape, batch_size):
        nodes = [
            node for operation in graph._operations for node in _nodes_within(graph, operation)
        ]
        return _Reader(model, nodes, _expand.Recorder(), variables).read(
            graph.inputs, graph.outputs
        )

    def traced(size: int | None) -> Blueprint:
        return _traced(model, graph, input_shape, size, variables)

    if graph is not None or batch_size is not None:
        return traced(batch_size)
    try:
        found = traced(None)
    except Exception:
        # A `call` that takes `x.shape[0]` for a number works with images only, as it is run.
        with contextlib.suppress(Exception):
            return _with_open_batch(traced(_SOME_IMAGES))
        raise
    if any(layer.kind == "opaque" and layer.name == model.name for layer in found.layers):
        with contextlib.suppress(Exception):
            return _with_open_batch(traced(_SOME_IMAGES))
    return found


def _traced(
    model: Any,
    graph: Any,
    input_shape: Any,
    batch_size: int | None,
    variables: dict[tuple[str, str], Any],
) -> Blueprint:
    import keras

    variables.clear()
    inputs = _make_inputs(model, graph, input_shape, batch_size)
    recorder = _expand.Recorder()
    for tensor in keras.tree.flatten(inputs):
        node = tensor._keras_history.operation._inbound_nodes[0]
        recorder.nodes.append(node)
        recorder.paths[id(node.operation)] = ()
    if not model.built or graph is None:
        # Built as Keras would, so that what follows finds every layer in its final state.
        _build_as_keras_does(model, inputs)
    try:
        with _expand.expanding(recorder):
            outputs = keras.tree.flatten(model(inputs))
        # The model's own name is on every path, and says nothing.
        recorder.paths = {key: path[1:] for key, path in recorder.paths.items()}
        reader = _Reader(model, recorder.nodes, recorder, variables)
        return reader.read(keras.tree.flatten(inputs), outputs)
    finally:
        recorder.forget()


def _with_open_batch(found: Blueprint) -> Blueprint:
    """The blueprint of a network that was called with some images, for any number of them."""

    def opened(shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        return tuple(
            (None, *shape[1:]) if shape[:1] == (_SOME_IMAGES,) else shape for shape in shapes
        )

    layers = []
    for layer in found.layers:
        calls = tuple(
            replace(
                call,
                input_shapes=opened(call.input_shapes),
                output_shapes=opened(call.output_shapes),
            )
            for call in layer.calls
        )
        layers.append(replace(layer, calls=calls))
    return replace(found, layers=tuple(layers))


def _build_as_keras_does(model: Any, inputs: Any) -> None:
    import keras

    recorder = _expand.Recorder()
    try:
        with _expand.expanding(recorder):
            recorder.paused = 1
            model(keras.tree.map_structure(_expand.detached, inputs))
    finally:
        recorder.forget()


def _is_flat(graph: Any) -> bool:
    return all(_expand.is_transparent(operation) for operation in graph._operations)


def _nodes_within(graph: Any, operation: Any) -> list[Any]:
    from keras.src.ops.function import make_node_key

    return [
        node
        for index, node in enumerate(operation._inbound_nodes)
        if make_node_key(operation, index) in graph._nodes
    ]


def _agrees(graph: Any, input_shape: Any, batch_size: int | None) -> bool:
    if batch_size is not None and any(t.shape[0] != batch_size for t in graph.inputs):
        return False
    if input_shape is None:
        return True
    wanted = [tuple(shape) for shape in _flat_shapes(input_shape)]
    return wanted == [tuple(tensor.shape[1:]) for tensor in graph.inputs]


def _is_shape(value: Any) -> bool:
    return isinstance(value, (tuple, list)) and all(
        size is None or (isinstance(size, int) and not isinstance(size, bool)) for size in value
    )


def _flat_shapes(input_shape: Any) -> list[Any]:
    if _is_shape(input_shape):
        return [input_shape]
    items = input_shape.values() if isinstance(input_shape, dict) else input_shape
    items = [*items] if isinstance(items, Iterable) else []
    if not items or not all(_is_shape(item) for item in items):
        raise UnknownInputError(
            "`input_shape` must be a shape without the batch dimension, such as (28, 28, 1), or a "
            f"list or dict of shapes. Received: input_shape={input_shape!r}"
        )
    return items


def _shape_built_with(model: Any) -> Any:
    """The input shape that a model was built with, without the batch dimension, or `None`."""
    built_with = list((getattr(model, "_build_shapes_dict", None) or {}).values())
    if len(built_with) == 1 and _is_shape(built_with[0]) and len(built_with[0]) > 0:
        return tuple(built_with[0][1:])
    return None


def _make_inputs(model: Any, graph: Any, input_shape: Any, batch_size: int | None) -> Any:
    """Returns fresh `keras.Input` tensors in the structure that `model` takes."""
    import keras

    if graph is not None:
        shapes = [tuple(tensor.shape[1:]) for tensor in graph.inputs]
        if input_shape is not None:
            shapes = _flat_shapes(input_shape)
            if len(shapes) != len(graph.inputs):
                raise UnknownInputError(
                    f"The model {model.name!r} has {len(graph.inputs)} input(s), so `input_shape` "
                    f"must have as many shapes. Received: input_shape={input_shape!r}"
                )
        fresh = []
        for shape, tensor in zip(shapes, graph.inputs, strict=True):
            name = tensor._keras_history.operation.name
            size = tensor.shape[0] if batch_size is None else batch_size
            fresh.append(keras.Input(tuple(shape), size, dtype=tensor.dtype, name=name))
        return keras.tree.pack_sequence_as(graph._inputs_struct, fresh)
    if input_shape is None:
        raise UnknownInputError(
            f"The model {model.name!r} does not say what it takes as input. Pass its shape without "
            "the batch dimension, for example input_shape=(28, 28, 1), or start a Sequential with "
            "keras.Input. Received: input_shape=None"
        )
    if _is_shape(input_shape):
        return keras.Input(tuple(input_shape), batch_size)
    _flat_shapes(input_shape)
    if isinstance(input_shape, dict):
        return {
            name: keras.Input(tuple(shape), batch_size, name=name)
            for name, shape in input_shape.items()
        }
    return [keras.Input(tuple(shape), batch_size) for shape in input_shape]


class _Reader:
    """Turns Keras nodes into layer blueprints."""

    def __init__(
        self,
        model: Any,
        nodes: list[Any],
        recorder: _expand.Recorder,
        variables: dict[tuple[str, str], Any],
    ) -> None:
        self.model = model
        self.variables = variables
        self.nodes = nodes
        self.recorder = recorder
        self.owned = {id(weight) for weight in model.weights}
        self.frozen = self.owned - {id(weight) for weight in model.trainable_weights}
        self.claimed: set[int] = set()
        self.names: dict[int, str] = {}  # id of operation -> name in the blueprint
        self.taken: set[str] = set()
        self.call_index: dict[int, int] = {}  # id of node -> index among its operation's calls

    def read(self, inputs: list[Any], outputs: list[Any]) -> Blueprint:
        kept = self._reachable(inputs, outputs)
        by_operation: dict[int, list[Any]] = {}
        for node in kept:
            calls = by_operation.setdefault(id(node.operation), [])
            self.call_index[id(node)] = len(calls)
            calls.append(node)
        for calls in by_operation.values():
            operation = calls[0].operation
            path = (*self.recorder.paths.get(id(operation), ()), operation.name)
            self.names[id(operation)] = self._unique("/".join(path))
        layers = [self._layer(calls) for calls in by_operation.values()]
        layers.extend(self._holders(self.model, ""))
        return Blueprint(
            name=self.model.name,
            layers=tuple(layers),
            inputs=tuple(self._reference(tensor) for tensor in inputs),
            outputs=tuple(self._reference(tensor) for tensor in outputs),
        )

    def _reachable(self, inputs: list[Any], outputs: list[Any]) -> list[Any]:
        """Returns the nodes that the outputs depend on, and the inputs', in their old order."""
        wanted: set[int] = set()
        pending = [_node_of(tensor) for tensor in (*inputs, *outputs)]
        while pending:
            node = pending.pop()
            if id(node) not in wanted:
                wanted.add(id(node))
                pending.extend(_node_of(tensor) for tensor in node.input_tensors)
        return [node for node in self.nodes if id(node) in wanted]

    def _unique(self, base: str) -> str:
        name, number = base, 1
        while name in self.taken:
            name, number = f"{base}_{number}", number + 1
        self.taken.add(name)
        return name

    def _reference(self, tensor: Any) -> NodeReference:
        history = tensor._keras_history
        node = _node_of(tensor)
        return NodeReference(
            self.names[id(history.operation)], self.call_index[id(node)], history.tensor_index
        )

    def _layer(self, calls: list[Any]) -> LayerBlueprint:
        import keras

        operation = calls[0].operation
        is_layer = isinstance(operation, keras.layers.Layer)
        kind = "layer" if is_layer else "operation"
        if id(operation) in self.recorder.opaque:
            kind = "opaque"
        if is_layer:
            weights = operation.weights
        else:
            leaves = keras.tree.flatten([(c.arguments.args, c.arguments.kwargs) for c in calls])
            weights = [leaf for leaf in leaves if isinstance(leaf, keras.Variable)]
        return LayerBlueprint(
            name=self.names[id(operation)],
            class_name=_expand.primitive_class(operation),
            kind=kind,
            config=describe_config(operation, id(operation) not in self.recorder.bare),
            weights=self._claim(weights, operation.name, self.names[id(operation)]),
            calls=tuple(self._call(node) for node in calls),
        )

    def _call(self, node: Any) -> CallBlueprint:
        import keras

        return CallBlueprint(
            inbound=tuple(self._reference(tensor) for tensor in node.input_tensors),
            input_shapes=tuple(_shape(tensor) for tensor in node.input_tensors),
            output_shapes=tuple(_shape(tensor) for tensor in node.outputs),
            output_dtypes=tuple(
                keras.backend.standardize_dtype(tensor.dtype) for tensor in node.outputs
            ),
            arguments=describe_arguments(node),
        )

    def _claim(self, weights: Iterable[Any], owner: str, layer: str) -> tuple[Weight, ...]:
        claimed = []
        for weight in weights:
            if id(weight) in self.claimed:
                continue
            self.claimed.add(id(weight))
            name = weight_name(weight, owner)
            self.variables[layer, name] = weight
            claimed.append(
                Weight(
                    name,
                    tuple(int(size) for size in weight.shape),
                    str(weight.dtype),
                    bool(weight.trainable) and id(weight) not in self.frozen,
                )
            )
        return tuple(claimed)

    def _holders(self, layer: Any, path: str) -> Iterable[LayerBlueprint]:
        """Yields the weights of `model` that no layer in the graph owns."""
        own = [*layer._trainable_variables, *layer._non_trainable_variables]
        if any(id(w) in self.owned and id(w) not in self.claimed for w in own):
            name = self._unique(path or layer.name)
            weights = self._claim((w for w in own if id(w) in self.owned), layer.name, name)
            yield LayerBlueprint(
                name,
                _expand.primitive_class(layer),
                "holder",
                describe_config(layer),
                weights,
            )
        for child in layer._layers:
            yield from self._holders(child, f"{path}/{child.name}" if path else child.name)


def _node_of(tensor: Any) -> Any:
    history = tensor._keras_history
    return history.operation._inbound_nodes[history.node_index]


def _shape(tensor: Any) -> Shape:
    return tuple(None if size is None else int(size) for size in tensor.shape)
