"""Models without weights: a scope in which Keras allocates nothing and TensorFlow stays asleep.

This package is the only place that leans on Keras' private names. It is written for
`keras>=3.15.1,<3.16`, and `tests/course/test_blueprints.py` checks every rule it relies on.

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
* A model made in here draws fresh random weights whenever it is run: `fit` and its like say so
  instead, and `load_weights` does nothing.
* A layer that was made once and is used by every network (at the top of a module, or kept by a
  cache) lives on with the variables that it got in here: they get a value when it is first asked
  for outside.
"""

from __future__ import annotations

import collections
import contextlib
import functools
import importlib
import threading
from collections.abc import Callable, Iterator
from typing import Any

_LOCK = threading.RLock()  # the patches are process-wide, so one thread at a time applies them
_ABSENT = object()
# What needs the values of weights. Without them Keras would quietly draw random ones.
_NEEDS_WEIGHTS = (
    "evaluate",
    "fit",
    "get_weights",
    "predict",
    "predict_on_batch",
    "save",
    "save_weights",
    "test_on_batch",
    "train_on_batch",
)
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
    saved: dict[str, Any] = {name: getattr(tracker, name, _ABSENT) for name in _STATE}
    scope = keras.StatelessScope(initialize_variables=False)
    owner = threading.get_ident()

    def weightless_init(
        self: Any, initializer: Any, shape: Any = None, dtype: Any = None, **options: Any
    ) -> None:
        if threading.get_ident() == owner:
            if global_state.get_global_attribute("stateless_scope") is None:
                global_state.set_global_attribute("stateless_scope", scope)
            if not callable(initializer) and not isinstance(initializer, str):
                initializer, shape, dtype = _as_initializer(initializer, dtype)
        original_init(self, initializer, shape, dtype, **options)
        if self._value is None and threading.get_ident() == owner:
            cls: Any = type(self)
            self.__class__ = _valued_later(cls)

    def positional_init(self: Any, initializer: Any, *args: Any, **options: Any) -> None:
        names = ("shape", "dtype", "trainable", "autocast", "aggregation", "synchronization")
        weightless_init(self, initializer, **dict(zip(names, args, strict=False)), **options)

    with _LOCK, contextlib.ExitStack() as stack:
        original_init = variables.Variable.__init__
        stack.callback(_restore_state, tracker, settings, saved)
        stack.enter_context(patched(variables.Variable, "__init__", positional_init))
        for name in _NEEDS_WEIGHTS:
            stack.enter_context(patched(keras.Model, name, _refusal(name, owner)))
        stack.enter_context(patched(keras.Model, "load_weights", _ignoring_weights(owner)))
        if keras.backend.backend() == "tensorflow":
            _enter_throwaway_graph(stack)
        tracker.uninitialized_variables = []
        if fresh_names:
            tracker.object_name_uids = collections.defaultdict(int)
        elif saved["object_name_uids"] is not _ABSENT:
            tracker.object_name_uids = saved["object_name_uids"].copy()
        stack.enter_context(scope)
        yield


@functools.cache
def _valued_later(cls: type) -> type:
    """The class of a variable that is given its value when it is first asked for one."""
    import keras
    from keras.src.backend.common.stateless_scope import in_stateless_scope

    def ensure_value(self: Any) -> None:
        if self._value is None and not in_stateless_scope():
            self._deferred_initialize()

    def value(self: Any) -> Any:
        if self._value is None and in_stateless_scope():
            # Keras would draw what it begins with, only to look at its shape.
            return keras.ops.zeros(self.shape, self.dtype)
        ensure_value(self)
        return cls.value.fget(self)  # type: ignore[attr-defined]

    def assign(self: Any, value: Any) -> Any:
        ensure_value(self)
        return cls.assign(self, value)  # type: ignore[attr-defined]

    return type(cls.__name__, (cls,), {"value": property(value), "assign": assign})


def _enter_throwaway_graph(stack: contextlib.ExitStack) -> None:
    import tensorflow as tf

    # Not `from keras.src.backend.tensorflow import rnn`: that is a function of the same name.
    rnn = importlib.import_module("keras.src.backend.tensorflow.rnn")
    stack.enter_context(patched(rnn, "_is_gpu_available", lambda: False))
    stack.enter_context(patched(tf.compat.v1, "reset_default_graph", lambda: None))
    graph = tf.Graph()
    # A graph is strict about names where eager execution is not: "my layer" would be refused.
    graph.name_scope = contextlib.nullcontext
    stack.enter_context(graph.as_default())


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


def _refusal(name: str, owner: int) -> Callable[..., Any]:
    import keras

    original = getattr(keras.Model, name)

    @functools.wraps(original)
    def refuse(self: Any, *args: Any, **kwargs: Any) -> Any:
        if threading.get_ident() != owner:
            return original(self, *args, **kwargs)
        raise RuntimeError(
            f"`{name}` was called while the model's layers are being read, when it has no weights "
            "yet. A function that builds a model must only build and return it: call "
            f"`{name}` outside of it. Received: {name}() on the model {self.name!r}"
        )

    return refuse


def _ignoring_weights(owner: int) -> Callable[..., Any]:
    import keras

    original = keras.Model.load_weights

    @functools.wraps(original)
    def load_weights(self: Any, *args: Any, **kwargs: Any) -> Any:
        if threading.get_ident() != owner:
            return original(self, *args, **kwargs)
        return None

    return load_weights


@contextlib.contextmanager
def patched(target: Any, name: str, replacement: Any) -> Iterator[None]:
    """Replaces an attribute of a class or module for a while."""
    inherited = name not in vars(target)
    original = getattr(target, name)
    setattr(target, name, replacement)
    try:
        yield
    finally:
        if inherited:
            delattr(target, name)
        else:
            setattr(target, name, original)
