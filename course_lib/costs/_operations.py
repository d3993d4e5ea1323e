"""Multiply-adds of `keras.ops` operations, by the class behind each function."""

from __future__ import annotations

import math
from typing import Any

from course_lib.blueprints import Shape
from course_lib.costs._dense_layers import einsum
from course_lib.costs._registry import Call, Unsupported, as_tuple, operations, overall, size

_FREE = """
    Abs Absolute Add All Any Amax Amin Append Arange Argmax Argmin Argsort Average BitwiseAnd
    BitwiseInvert BitwiseNot BitwiseOr BitwiseXor BroadcastTo Cast Cbrt Ceil Celu Clip
    Concatenate ConvertToTensor Copy Cos Cosh CountNonzero CropImages Cumprod Cumsum
    DepthToSpace Diag Diagonal Diff Divide DivideNoNan Elu EmptyLike Equal Erf Erfc Erfinv Exp
    Exp2 ExpandDims Expm1 ExtractPatches Flip Fliplr Flipud Floor FloorDivide Fold Full FullLike
    Gelu GetItem Glu Greater GreaterEqual HardShrink HardSigmoid HardSilu HardTanh Heaviside
    Hstack InTopK Isfinite Isinf Isnan LeakyRelu Less LessEqual Linspace Log Log10 Log1p Log2
    LogSigmoid LogSoftmax Logaddexp LogicalAnd LogicalNot LogicalOr LogicalXor Logsumexp Max
    Maximum Mean Median Meshgrid Min Minimum Mod Moveaxis MultiHot Multiply NanToNum Negative
    NotEqual OneHot OnesLike Pad PadImages Power Prod RGBToGrayscale Ravel Real Reciprocal Relu
    Relu6 Repeat Reshape Resize Roll Round Rsqrt SaturateCast Scatter ScatterUpdate SegmentMax
    SegmentSum Select Selu Sigmoid Sign Silu Sin Sinh Size Slice SliceUpdate SoftShrink Softmax
    Softplus Softsign Sort SpaceToDepth Sparsemax SparsePlus SparseSigmoid Split Sqrt Square
    Squareplus Squeeze Stack Std StopGradient Subtract Sum Swapaxes Take TakeAlongAxis Tan Tanh
    TanhShrink Threshold Tile TopK Transpose Tril Triu TrueDivide Trunc Unfold Unstack Var View
    Vstack Where ZerosLike
"""


@operations(*_FREE.split())
def free(call: Call) -> int:
    """Elementwise, reducing or moving: no multiply-adds."""
    return 0


@operations("BatchNorm", "LayerNorm", "RMSNorm", "Normalize", "Moments")
def normalization(call: Call) -> int:
    """Free, or one MAC per value."""
    return overall(call.input) if call.conventions.normalization_macs else 0


def operand(call: Call, position: int, name: str) -> Shape:
    """Returns the shape of an argument, whether a tensor, a weight or a constant."""
    arguments = call.arguments
    args, kwargs = arguments["args"], arguments["kwargs"]
    value: Any = args[position] if position < len(args) else kwargs.get(name)
    if isinstance(value, dict):
        if "tensor" in value:
            return call.inputs[value["tensor"]]
        if "shape" in value:
            return tuple(value["shape"])
    raise Unsupported(f"the shape of its argument `{name}` is not known")


@operations("Conv")
def convolution(call: Call) -> int:
    """Kernel shape: `(*window, channels of a group, filters)`."""
    kernel = operand(call, 1, "kernel")
    return size(call.spatial(call.output)) * size(kernel)


@operations("DepthwiseConv")
def depthwise_convolution(call: Call) -> int:
    """Kernel shape: `(*window, channels, multiplier)`."""
    return size(call.spatial(call.output)) * size(operand(call, 1, "kernel"))


@operations("SeparableConv")
def separable_convolution(call: Call) -> int:
    """A depthwise kernel and a pointwise kernel, at every output position."""
    kernels = size(operand(call, 1, "depthwise_kernel")), size(operand(call, 2, "pointwise_kernel"))
    return size(call.spatial(call.output)) * sum(kernels)


@operations("ConvTranspose")
def transposed_convolution(call: Call) -> int:
    """Kernel shape: `(*window, filters, channels)`, applied at every input position."""
    return size(call.spatial(call.input)) * size(operand(call, 1, "kernel"))


@operations("MaxPool", "AveragePool")
def pooling(call: Call) -> int:
    """Free, or one MAC per value in the window of every output."""
    if not call.conventions.pool_macs:
        return 0
    window = as_tuple(call.config["pool_size"], len(call.spatial(call.input)))
    return overall(call.output) * math.prod(window)


@operations("AdaptiveMaxPool", "AdaptiveAveragePool")
def adaptive_pooling(call: Call) -> int:
    """Free, or one MAC per input value."""
    return overall(call.input) if call.conventions.pool_macs else 0


@operations("Matmul")
def matmul(call: Call) -> int:
    """Every output value is a product over the shared dimension."""
    return overall(call.output) * size(operand(call, 0, "x1")[-1:])


@operations("Dot", "Inner")
def dot(call: Call) -> int:
    """As `matmul`; a product with a scalar is elementwise."""
    first = operand(call, 0, "x1")
    second = operand(call, 1, "x2")
    return overall(call.output) * size(first[-1:]) if first and second else 0


@operations("Outer")
def outer(call: Call) -> int:
    """One MAC per output value."""
    return overall(call.output)


@operations("Tensordot")
def tensordot(call: Call) -> int:
    """Every output value is a product over the contracted axes of the first operand."""
    axes = call.config.get("axes", 2)
    first = operand(call, 0, "x1")
    if isinstance(axes, int):
        contracted = first[len(first) - axes :]
    else:
        left = axes[0] if isinstance(axes[0], list) else [axes[0]]
        contracted = tuple(first[axis] for axis in left)
    return overall(call.output) * size(contracted)


@operations("Einsum")
def einsum_operation(call: Call) -> int:
    """One MAC for every combination of values of all indices."""
    equation = call.config.get("subscripts")
    if not isinstance(equation, str) or "->" not in equation:
        raise Unsupported("its equation is not written out")
    args = call.arguments["args"]
    shapes: list[Shape | None] = [operand(call, index, "operands") for index in range(len(args))]
    return einsum(equation, shapes, call.output)


@operations("DotProductAttention")
def dot_product_attention(call: Call) -> int:
    """Shapes `(batch, length, heads, width)`: scores, then weighted sums."""
    query, value = operand(call, 0, "query"), operand(call, 2, "value")
    pairs = size(query[1:3]) * size(value[1:2])
    return pairs * (size(query[-1:]) + size(value[-1:]))
