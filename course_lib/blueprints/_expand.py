"""Seeing through nested models and custom layers: which primitive layers a call consists of."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

from course_lib.blueprints import _tensorflow
from course_lib.blueprints._weightless import patched


class Recorder:
    """What `expanding` saw: every node in order of creation, and the block that it lies in."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.paths: dict[int, tuple[str, ...]] = {}
        self.opaque: set[int] = set()  # ids of custom layers that could not be seen through
        self.bare: set[int] = set()  # ids of layers whose activation follows as steps of its own
        self.stack: list[str] = []
        self.paused = 0  # above 0, calls are Keras' own and their nodes are not part of the graph
        self.created: list[Any] = []  # every node, to be taken out again

    def forget(self) -> None:
        """Takes the created nodes out of their layers again, which may belong to a user."""
        remove_nodes(self.created)


def remove_nodes(nodes: list[Any]) -> None:
    """Takes `nodes` out of the layers that they connect."""
    unwanted = {id(node) for node in nodes}
    touched = {id(node.operation): node.operation for node in nodes}
    for node in nodes:
        for tensor in node.input_tensors:
            source = tensor._keras_history.operation
            if source is not None:
                touched[id(source)] = source
    for operation in touched.values():
        for connections in (operation._inbound_nodes, operation._outbound_nodes):
            connections[:] = [node for node in connections if id(node) not in unwanted]


@contextlib.contextmanager
def expanding(recorder: Recorder) -> Iterator[None]:
    """Inside, calling a model or a custom layer on a symbolic tensor records what is inside it.

    Keras records one opaque node for such a call. Here its `call` runs on the symbolic tensors
    instead, so that the primitive layers and operations inside record theirs. Where `call`
    cannot run that way (raw TensorFlow operations, for instance) the opaque node stays.
    """
    from keras.src.layers.layer import Layer
    from keras.src.ops.node import Node

    owner = threading.get_ident()
    original_call, original_node = Layer.__call__, Node.__init__

    def recording_node(self: Any, *args: Any, **kwargs: Any) -> None:
        original_node(self, *args, **kwargs)
        if threading.get_ident() != owner:
            return
        recorder.created.append(self)
        if not recorder.paused:
            recorder.nodes.append(self)
            recorder.paths.setdefault(id(self.operation), tuple(recorder.stack))

    def expanding_call(self: Any, *args: Any, **kwargs: Any) -> Any:
        elsewhere = threading.get_ident() != owner or recorder.paused
        if elsewhere or is_transparent(self) or not _is_symbolic(args, kwargs):
            return original_call(self, *args, **kwargs)
        if is_primitive(self):
            return _with_activation(recorder, original_call, self, args, kwargs)
        if not self.built:
            _build(recorder, original_call, self, args, kwargs)
        recorder.stack.append(self.name)
        seen = len(recorder.nodes)
        try:
            outputs = run_inside(self, args, kwargs)
            if _all_symbolic(outputs):
                return outputs
        except Exception:  # whatever a custom `call` raises, the opaque node is the answer
            pass
        finally:
            recorder.stack.pop()
        remove_nodes(recorder.nodes[seen:])
        del recorder.nodes[seen:]
        recorder.opaque.add(id(self))
        recorder.paused += 1
        try:
            outputs = original_call(self, *args, **kwargs)
        finally:
            recorder.paused -= 1
        node = self._inbound_nodes[-1]
        recorder.nodes.append(node)
        recorder.paths.setdefault(id(self), tuple(recorder.stack))
        return outputs

    with (
        patched(Layer, "__call__", expanding_call),
        patched(Node, "__init__", recording_node),
        _tensorflow.understood(),
    ):
        yield


def _with_activation(recorder: Recorder, call: Any, layer: Any, args: Any, kwargs: Any) -> Any:
    """Calls a layer of Keras without the activation that a student gave it, and then that one."""
    import keras

    activation, seen = layer.activation, len(recorder.nodes)
    layer.activation = keras.activations.linear
    try:
        outputs = activation(call(layer, *args, **kwargs))
        if _all_symbolic(outputs):
            recorder.bare.add(id(layer))
            return outputs
    except Exception:  # whatever the function raises, the layer stays what it is
        pass
    finally:
        layer.activation = activation
    remove_nodes(recorder.nodes[seen:])
    del recorder.nodes[seen:]
    return call(layer, *args, **kwargs)


def _build(recorder: Recorder, call: Any, layer: Any, args: Any, kwargs: Any) -> None:
    """Builds a layer that was created inside another layer's `call`, leaving no trace of it."""
    import keras

    recorder.paused += 1
    try:
        args, kwargs = keras.tree.map_structure(detached, (args, kwargs))
        call(layer, *args, **kwargs)
    finally:
        recorder.paused -= 1
        layer._inbound_nodes.clear()


def detached(value: Any) -> Any:
    import keras

    if isinstance(value, keras.KerasTensor):
        return keras.KerasTensor(value.shape, value.dtype)
    return value


def run_inside(layer: Any, args: Any, kwargs: Any) -> Any:
    """Runs the inside of a model or a custom layer on symbolic tensors."""
    import keras
    from keras.src.models.functional import operation_fn

    training = kwargs.get("training")
    graph = functional_inside(layer)
    if graph is not None:
        call_inputs = args[0] if args else kwargs["inputs"]
        if isinstance(call_inputs, dict) and not isinstance(graph._inputs_struct, dict):
            call_inputs = [call_inputs[tensor.name] for tensor in graph.inputs]
        outputs = graph._run_through_graph(
            keras.tree.flatten(call_inputs),
            operation_fn=lambda operation: operation_fn(operation, training=training),
        )
        if isinstance(outputs, list) and len(outputs) == 1:
            return outputs[0]
        return outputs
    if not layer._call_has_training_arg:
        kwargs = {name: value for name, value in kwargs.items() if name != "training"}
    return layer.call(*args, **kwargs)


def functional_inside(layer: Any) -> Any:
    """Returns the graph that `layer` runs (a Functional or built Sequential model), or `None`."""
    from keras.src.models.functional import Functional
    from keras.src.models.sequential import Sequential

    if not _is_own(type(layer).call):
        return None
    if isinstance(layer, Sequential):
        return layer._functional
    return layer if isinstance(layer, Functional) else None


def is_primitive(operation: Any) -> bool:
    """Whether Keras itself defines what this operation does, and it is no container."""
    import keras

    containers = (keras.Model, keras.layers.Lambda)
    return _is_own(type(operation).call) and not isinstance(operation, containers)


def is_transparent(operation: Any) -> bool:
    """Whether all that an operation does is Keras' own, also the activation that it was given."""
    activation = getattr(operation, "activation", None)
    owner = activation if hasattr(activation, "__module__") else type(activation)
    own = activation is None or str(getattr(owner, "__module__", "")).startswith("keras.src.")
    return is_primitive(operation) and (own or not callable(activation))


def primitive_class(operation: Any) -> str:
    """The class that says what the operation does.

    A student's `class MyConv(keras.layers.Conv2D)` that does not redefine `call` is a `Conv2D`.
    """
    for cls in type(operation).__mro__:
        if cls.__module__.startswith("keras.src."):
            return cls.__name__ if is_primitive(operation) else type(operation).__name__
    return type(operation).__name__


def _is_own(function: Any) -> bool:
    return getattr(function, "__module__", "").startswith("keras.src.")


def _is_symbolic(args: Any, kwargs: Any) -> bool:
    import keras

    return any(isinstance(leaf, keras.KerasTensor) for leaf in keras.tree.flatten((args, kwargs)))


def _all_symbolic(outputs: Any) -> bool:
    import keras

    leaves = keras.tree.flatten(outputs)
    return bool(leaves) and all(isinstance(leaf, keras.KerasTensor) for leaf in leaves)
