"""TensorFlow's functions in a layer's `call`, seen as the operations of Keras that do the same.

A function of TensorFlow refuses Keras' symbolic tensors. TensorFlow then asks its dispatchers
whether one of them knows what to do.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any


@contextlib.contextmanager
def understood() -> Iterator[None]:
    """Inside, TensorFlow's functions take symbolic tensors where an operation does the same."""
    import keras

    if keras.backend.backend() != "tensorflow":
        yield
        return
    from tensorflow.python.util import dispatch, tf_decorator

    def inner(function: Any) -> Any:
        """A function without the decorators around it, of which there may be more or fewer."""
        return tf_decorator.unwrap(function)[1]

    equivalents = {inner(function): same for function, same in _equivalents().items()}

    class Dispatcher(dispatch.GlobalOpDispatcher):  # type: ignore[misc]
        def handle(self, op: Any, args: Any, kwargs: Any) -> Any:
            leaves = keras.tree.flatten((args, kwargs))
            symbolic = any(isinstance(leaf, keras.KerasTensor) for leaf in leaves)
            equivalent = equivalents.get(inner(op)) if symbolic else None
            if equivalent is None:
                return self.NOT_SUPPORTED
            kwargs = {name: value for name, value in kwargs.items() if name != "name"}
            args, kwargs = keras.tree.map_structure(_static, (args, kwargs))
            return equivalent(*args, **kwargs)

    dispatcher = Dispatcher()
    dispatch._GLOBAL_DISPATCHERS.append(dispatcher)
    try:
        yield
    finally:
        dispatch._GLOBAL_DISPATCHERS.remove(dispatcher)


def _equivalents() -> dict[Any, Callable[..., Any]]:
    """Functions of TensorFlow, and the same with Keras' operations; arguments as TensorFlow's."""
    import keras
    import tensorflow as tf
    from keras import ops

    def pooled(pool: Callable[..., Any]) -> Callable[..., Any]:
        return lambda input, ksize, strides, padding, data_format="NHWC": pool(
            input, _window(ksize), _window(strides), _mode(padding, data_format)
        )

    def conv2d(
        input: Any,
        filters: Any,
        strides: Any,
        padding: Any,
        data_format: str = "NHWC",
        dilations: Any = 1,
    ) -> Any:
        mode = _mode(padding, data_format)
        return ops.conv(input, filters, _window(strides), mode, dilation_rate=_window(dilations))

    def depthwise_conv2d(input: Any, filter: Any, strides: Any, padding: Any) -> Any:
        return ops.depthwise_conv(input, filter, _window(strides), _mode(padding))

    def reduced(reduce: Callable[..., Any]) -> Callable[..., Any]:
        return lambda input_tensor, axis=None, keepdims=False: reduce(input_tensor, axis, keepdims)

    def split(value: Any, num_or_size_splits: Any, axis: int = 0) -> Any:
        if isinstance(num_or_size_splits, int):
            return ops.split(value, num_or_size_splits, axis)
        ends = [sum(num_or_size_splits[:n]) for n in range(1, len(num_or_size_splits))]
        return ops.split(value, ends, axis)

    def reshape(tensor: Any, shape: Any) -> Any:
        return ops.reshape(tensor, [-1 if size is None else int(size) for size in shape])

    def pad(tensor: Any, paddings: Any, mode: str = "CONSTANT", constant_values: Any = 0) -> Any:
        pads = [[int(before), int(after)] for before, after in paddings]
        return ops.pad(tensor, pads, mode.lower(), constant_values or None)

    def over_last(function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda logits, axis=None: function(logits, axis=-1 if axis is None else axis)

    return {
        tf.nn.relu: lambda features: ops.relu(features),
        tf.nn.relu6: lambda features: ops.relu6(features),
        tf.nn.elu: lambda features: ops.elu(features),
        tf.nn.selu: lambda features: ops.selu(features),
        tf.nn.silu: lambda features: ops.silu(features),
        tf.nn.gelu: lambda features, approximate=False: ops.gelu(features, approximate),
        tf.nn.leaky_relu: lambda features, alpha=0.2: ops.leaky_relu(features, alpha),
        tf.nn.softmax: over_last(ops.softmax),
        tf.nn.log_softmax: over_last(ops.log_softmax),
        tf.sigmoid: lambda x: ops.sigmoid(x),
        tf.tanh: lambda x: ops.tanh(x),
        tf.nn.max_pool: pooled(ops.max_pool),
        tf.nn.max_pool2d: pooled(ops.max_pool),
        tf.nn.avg_pool: pooled(ops.average_pool),
        tf.nn.avg_pool2d: pooled(ops.average_pool),
        tf.nn.conv2d: conv2d,
        tf.nn.depthwise_conv2d: depthwise_conv2d,
        tf.nn.bias_add: lambda value, bias: ops.add(value, bias),
        tf.add: lambda x, y: ops.add(x, y),
        tf.add_n: lambda inputs: sum(inputs[1:], inputs[0]),
        tf.subtract: lambda x, y: ops.subtract(x, y),
        tf.multiply: lambda x, y: ops.multiply(x, y),
        tf.divide: lambda x, y: ops.true_divide(x, y),
        tf.square: lambda x: ops.square(x),
        tf.pow: lambda x, y: ops.power(x, y),
        tf.maximum: lambda x, y: ops.maximum(x, y),
        tf.minimum: lambda x, y: ops.minimum(x, y),
        tf.clip_by_value: lambda t, clip_value_min, clip_value_max: ops.clip(
            t, clip_value_min, clip_value_max
        ),
        tf.matmul: lambda a, b: ops.matmul(a, b),
        tf.reduce_mean: reduced(ops.mean),
        tf.reduce_max: reduced(ops.max),
        tf.reduce_sum: reduced(ops.sum),
        tf.concat: lambda values, axis: ops.concatenate(values, axis),
        tf.split: split,
        tf.reshape: reshape,
        tf.shape: lambda input: ops.shape(input),
        tf.squeeze: lambda input, axis=None: ops.squeeze(input, axis),
        tf.expand_dims: lambda input, axis: ops.expand_dims(input, axis),
        tf.transpose: lambda a, perm=None: ops.transpose(a, perm),
        tf.pad: pad,
        tf.where: lambda condition, x, y: ops.where(condition, x, y),
        tf.greater: lambda x, y: ops.greater(x, y),
        tf.zeros_like: lambda input, dtype=None: ops.zeros_like(input, dtype),
        tf.abs: lambda x: ops.absolute(x),
        tf.exp: lambda x: ops.exp(x),
        tf.sqrt: lambda x: ops.sqrt(x),
        tf.stack: lambda values, axis=0: ops.stack(values, axis),
        tf.gather: lambda params, indices, axis=0: ops.take(params, indices, axis),
        tf.identity: lambda input: input,
        tf.cast: lambda x, dtype: ops.cast(x, keras.backend.standardize_dtype(dtype)),
    }


def _static(value: Any) -> Any:
    """The numbers in a constant tensor, such as the paddings of `tf.pad`; else what came."""
    import tensorflow as tf

    numbers = tf.get_static_value(value) if isinstance(value, tf.Tensor) else None
    if numbers is None:
        return value
    return numbers.item() if numbers.ndim == 0 else numbers


def _window(sizes: Any) -> Any:
    """One number, one for each axis of the map, or one for each axis of the tensor."""
    sizes = [sizes] if isinstance(sizes, int) else list(sizes)
    return sizes[0] if len(sizes) == 1 else tuple(sizes if len(sizes) == 2 else sizes[1:-1])


def _mode(padding: Any, data_format: str | None = "NHWC") -> str:
    if not isinstance(padding, str) or data_format not in (None, "NHWC"):
        raise TypeError("only SAME and VALID, with channels last, have an equivalent")
    return padding.lower()
