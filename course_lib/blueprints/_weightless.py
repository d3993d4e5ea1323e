"""The one module that leans on Keras' private names: models without weights, and tracing.

Written for `keras>=3.15.1,<3.16`; `tests/test_blueprints.py` checks every rule it relies on.

`keras.StatelessScope(initialize_variables=False)` leaves a new variable without a value. That
alone has traps, which `weightless` closes:

* Keras remembers such variables in a list, and the end of the next plain scope anywhere in the
  thread would allocate them all: the list is put aside and restored.
* `compile` and `keras.Variable(3.0)` bring a concrete value, which the scope refuses: values
  become initializers.
* A few layers (`Normalization(mean=...)`, the recurrent ones) run a TensorFlow operation or ask
  for devices while they are built. That would start TensorFlow's runtime, after which a forked
  child hangs: all work happens inside a graph that is thrown away, and no device is asked for.
* `clear_session` in a builder would end the scope: the scope is put back.

A model made in here draws fresh random weights whenever it is run, so it must never get out.
"""

from __future__ import annotations

import collections
import contextlib
import importlib
import threading
from collections.abc import Callable, Iterator
from typing import Any

_LOCK = threading.RLock()  # the patches are process-wide, so one thread at a time applies them
_ABSENT = object()
_STATE = ("stateless_scope", "uninitialized_variables", "object_name_uids")


@contextlib.contextmanager
def weightless(fresh_names: bool = True) -> Iterator[None]:
    """Inside, Keras variables keep a shape and an initializer and are never given a value.

    Args:
        fresh_names: Whether automatic names start again (`dense`, not `dense_7`), so that the
            same builder always gives the same names. The counters are restored afterwards.
    """
    import keras
    from keras.src.backend.common import global_state, variables

    tracker, settings = global_state.GLOBAL_STATE_TRACKER, global_state.GLOBAL_SETTINGS_TRACKER
    saved = {name: getattr(tracker, name, _ABSENT) for name in _STATE}
    scope = keras.StatelessScope(initialize_variables=False)
    owner = threading.get_ident()
    original_init = variables.Variable.__init__

    def weightless_init(
        self: Any, initializer: Any, shape: Any = None, dtype: Any = None, **options: Any
    ) -> None:
        if threading.get_ident() == owner:
            if global_state.get_global_attribute("stateless_scope") is None:
                global_state.set_global_attribute("stateless_scope", scope)
            if not callable(initializer) and not isinstance(initializer, str):
                initializer, shape, dtype = _as_initializer(initializer, dtype)
        original_init(self, initializer, shape, dtype, **options)

    def positional_init(self: Any, initializer: Any, *args: Any, **options: Any) -> None:
        names = ("shape", "dtype", "trainable", "autocast", "aggregation", "synchronization")
        weightless_init(self, initializer, **dict(zip(names, args, strict=False)), **options)

    with _LOCK, contextlib.ExitStack() as stack:
        stack.callback(_restore_state, tracker, settings, saved)
        stack.enter_context(_patched(variables.Variable, "__init__", positional_init))
        if keras.backend.backend() == "tensorflow":
            _enter_throwaway_graph(stack)
        tracker.uninitialized_variables = []
        if fresh_names:
            tracker.object_name_uids = collections.defaultdict(int)
        elif saved["object_name_uids"] is not _ABSENT:
            tracker.object_name_uids = saved["object_name_uids"].copy()
        stack.enter_context(scope)
        yield


def _enter_throwaway_graph(stack: contextlib.ExitStack) -> None:
    import tensorflow as tf

    # Not `from keras.src.backend.tensorflow import rnn`: that is a function of the same name.
    rnn = importlib.import_module("keras.src.backend.tensorflow.rnn")
    stack.enter_context(_patched(rnn, "_is_gpu_available", lambda: False))
    stack.enter_context(_patched(tf.compat.v1, "reset_default_graph", lambda: None))
    stack.enter_context(tf.Graph().as_default())


def _restore_state(tracker: Any, settings: Any, saved: dict[str, Any]) -> None:
    from keras.src.backend.common import global_state

    global_state.GLOBAL_STATE_TRACKER = tracker
    global_state.GLOBAL_SETTINGS_TRACKER = settings
    for name, value in saved.items():
        if value is not _ABSENT:
            setattr(tracker, name, value)
        elif hasattr(tracker, name):
            delattr(tracker, name)


def _as_initializer(value: Any, dtype: Any) -> tuple[Callable[..., Any], tuple[int, ...], Any]:
    import keras
    import numpy as np

    shape = tuple(np.shape(value))
    if dtype is None:
        if isinstance(value, bool):
            dtype = "bool"
        elif isinstance(value, (int, float)):
            dtype = keras.backend.floatx() if isinstance(value, float) else "int32"
        else:
            dtype = keras.backend.standardize_dtype(getattr(value, "dtype", None))

    def initializer(shape: Any, dtype: Any = None) -> Any:
        return keras.ops.convert_to_tensor(value, dtype=dtype)

    return initializer, shape, dtype


@contextlib.contextmanager
def _patched(target: Any, name: str, replacement: Any) -> Iterator[None]:
    original = getattr(target, name)
    setattr(target, name, replacement)
    try:
        yield
    finally:
        setattr(target, name, original)


class Recorder:
    """What `expanding` saw: every node in order of creation, and the block that it lies in."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.paths: dict[int, tuple[str, ...]] = {}
        self.opaque: set[int] = set()  # ids of custom layers that could not be seen through
        self.stack: list[str] = []
        self.paused = 0

    def forget(self) -> None:
        """Takes the recorded nodes out of their layers again, which may belong to a user."""
        created = {id(node) for node in self.nodes}
        touched = {id(node.operation): node.operation for node in self.nodes}
        for node in self.nodes:
            for parent in node.parent_nodes:
                touched[id(parent.operation)] = parent.operation
        for operation in touched.values():
            for nodes in (operation._inbound_nodes, operation._outbound_nodes):
                nodes[:] = [node for node in nodes if id(node) not in created]


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
        if threading.get_ident() == owner and not recorder.paused:
            recorder.nodes.append(self)
            recorder.paths.setdefault(id(self.operation), tuple(recorder.stack))

    def expanding_call(self: Any, *args: Any, **kwargs: Any) -> Any:
        if (
            threading.get_ident() != owner
            or recorder.paused
            or is_primitive(self)
            or not _is_symbolic(args, kwargs)
        ):
            return original_call(self, *args, **kwargs)
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
        _drop(recorder, seen)
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

    with _patched(Layer, "__call__", expanding_call), _patched(Node, "__init__", recording_node):
        yield


def _drop(recorder: Recorder, seen: int) -> None:
    """Forgets the nodes of an expansion that failed half way."""
    partial = Recorder()
    partial.nodes = recorder.nodes[seen:]
    partial.forget()
    del recorder.nodes[seen:]


def _build(recorder: Recorder, call: Any, layer: Any, args: Any, kwargs: Any) -> None:
    """Builds a layer that was created inside another layer's `call`, leaving no trace of it."""
    import keras

    recorder.paused += 1
    try:
        args, kwargs = keras.tree.map_structure(_detached, (args, kwargs))
        call(layer, *args, **kwargs)
    finally:
        recorder.paused -= 1
        layer._inbound_nodes.clear()


def _detached(value: Any) -> Any:
    import keras

    if isinstance(value, keras.KerasTensor):
        return keras.KerasTensor(value.shape, value.dtype)
    return value


def run_inside(layer: Any, args: Any, kwargs: Any) -> Any:
    """Runs the inside of a model or a custom layer on symbolic tensors."""
    import inspect

    import keras
    from keras.src.models.functional import Functional, operation_fn

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
        if isinstance(graph, Functional) and isinstance(outputs, list) and len(outputs) == 1:
            return outputs[0]
        return outputs
    parameters = inspect.signature(layer.call).parameters
    for name in ("training", "mask"):
        required = name in parameters and parameters[name].default is inspect.Parameter.empty
        if required and name not in kwargs:
            kwargs = {**kwargs, name: None}
    if "training" in kwargs and "training" not in parameters:
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
    """Whether Keras itself defines what this operation does, and it is not a model."""
    import keras

    return _is_own(type(operation).call) and not isinstance(operation, keras.Model)


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
