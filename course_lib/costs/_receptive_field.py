"""How much of the input one value of each layer sees.

Along each spatial axis a tensor has a *field* (input positions that one value depends on) and a
*jump* (input positions between neighbouring values). A window of K taps with dilation d widens
the field by (K - 1) * d jumps; a stride multiplies the jump. After a layer that mixes all
positions (global pooling, flattening, attention) every value sees the whole input.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from course_lib.blueprints import CallBlueprint, LayerBlueprint, Shape
from course_lib.costs import _free_layers
from course_lib.costs._registry import Unsupported, as_tuple


@dataclass(frozen=True)
class Field:
    """What one value of a tensor sees, for each spatial axis of the network's input.

    Attributes:
        sizes: Input positions along each axis, or `None` where the whole input is seen and its
            length is not known.
        jumps: Input positions between neighbouring values; empty when the whole input is seen.
    """

    sizes: tuple[int | None, ...]
    jumps: tuple[Fraction, ...]
    whole: tuple[int | None, ...]

    @property
    def sees_everything(self) -> bool:
        """Whether every value depends on the whole input."""
        return not self.jumps


SPATIAL_RANKS = {f"{rank}D": rank for rank in (1, 2, 3)}
WINDOWS = ("Conv", "DepthwiseConv", "SeparableConv", "AveragePooling", "MaxPooling")
POINTWISE = (
    {"Dense", "InputLayer"}
    | _free_layers.TRAINING_ONLY
    | (_free_layers.ACTIVATIONS - {"Softmax"})
    | _free_layers.MERGING
    | _free_layers.SCALING
    | {"BatchNormalization", "Softmax", "Identity", "ActivityRegularization", "Masking"}
    | {f"{kind}{rank}D" for kind in ("ZeroPadding", "Cropping") for rank in (1, 2, 3)}
)
MIXING = (
    {"Flatten", "LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional", "Attention"}
    | {"AdditiveAttention", "MultiHeadAttention", "GroupedQueryAttention"}
    | {f"Global{kind}Pooling{rank}D" for kind in ("Average", "Max") for rank in (1, 2, 3)}
)
_POINTWISE_OPERATIONS = """
    Abs Absolute Add BatchNorm Cast Celu Clip Concatenate Divide Elu Exp Gelu HardSigmoid
    HardSilu HardTanh LeakyRelu Log LogSigmoid Maximum Minimum Multiply Negative Power Relu
    Relu6 Rsqrt Selu Sigmoid Silu Softplus Softsign Sqrt Square StopGradient Subtract Tanh
    TrueDivide
"""
POINTWISE_OPERATIONS = frozenset(_POINTWISE_OPERATIONS.split())


def at_input(shape: Shape, channels_first: bool = False) -> Field:
    """Returns the field of the network's input, `(batch, *spatial, channels)` by default."""
    whole = tuple(shape[2:] if channels_first else shape[1:-1])
    return Field((1,) * len(whole), (Fraction(1),) * len(whole), whole)


def after(layer: LayerBlueprint, call: CallBlueprint, fields: list[Field | None]) -> Field | None:
    """Returns the field behind a call, or `None` where it is not known.

    Args:
        layer: The layer, or operation.
        call: Its call.
        fields: Field of each input of the call.
    """
    known = [field for field in fields if field is not None]
    if not known or len(known) < len(fields):
        return None
    merged = _merge(known)
    if merged is None or merged.sees_everything:
        return merged
    if layer.kind == "operation":
        return _after_operation(layer, call, merged)
    if layer.kind != "layer":
        return None
    name = layer.class_name
    if name in POINTWISE:
        return merged
    if name in MIXING or name in _free_layers.NORMALIZATIONS:
        if name in _free_layers.NORMALIZATIONS and _over_channels(layer, call):
            return merged
        return _everything(merged)
    rank = SPATIAL_RANKS.get(name[-2:])
    if rank is None or rank != len(merged.sizes):
        return None
    try:
        return _after_window(name[:-2], layer, merged, rank)
    except Unsupported:
        return None


def _over_channels(layer: LayerBlueprint, call: CallBlueprint) -> bool:
    """Whether a normalization takes its statistics over the channels of one position."""
    axis = layer.config.get("axis")
    axes = axis if isinstance(axis, list) else [axis]
    return layer.class_name != "GroupNormalization" and axes in (
        [-1],
        [len(call.input_shapes[0]) - 1],
    )


def _after_window(kind: str, layer: LayerBlueprint, field: Field, rank: int) -> Field | None:
    config = layer.config
    if kind in WINDOWS:
        window = as_tuple(config.get("kernel_size", config.get("pool_size")), rank)
        strides = as_tuple(config.get("strides") or window, rank)
        dilation = as_tuple(config.get("dilation_rate", 1), rank)
        return _widen(field, window, dilation, tuple(Fraction(stride) for stride in strides))
    if kind == "UpSampling":
        # One value comes from one input value; interpolation would see neighbours too.
        factors = as_tuple(config["size"], rank)
        if config.get("interpolation", "nearest") != "nearest":
            return None
        one = (1,) * rank
        return _widen(field, one, one, tuple(Fraction(1, factor) for factor in factors))
    return None


def _after_operation(layer: LayerBlueprint, call: CallBlueprint, field: Field) -> Field | None:
    if layer.class_name in POINTWISE_OPERATIONS:
        return field
    if layer.class_name in ("Mean", "Max", "Amax", "Sum"):
        # Reducing over every spatial axis at least is global pooling.
        axes = layer.config.get("axis")
        rank = len(call.input_shapes[0])
        if axes is None:
            return _everything(field)
        reduced = {axis % rank for axis in (axes if isinstance(axes, list) else [axes])}
        if reduced >= set(range(1, rank - 1)):
            return _everything(field)
    return None


def _widen(
    field: Field, window: tuple[int, ...], dilation: tuple[int, ...], strides: tuple[Fraction, ...]
) -> Field | None:
    sizes, jumps = [], []
    for axis, size in enumerate(field.sizes):
        jump = field.jumps[axis]
        if size is None or not strides[axis]:
            return None
        sizes.append(size + math.ceil((window[axis] - 1) * dilation[axis] * jump))
        jumps.append(jump * strides[axis])
    return Field(tuple(sizes), tuple(jumps), field.whole)


def _everything(field: Field) -> Field:
    return Field(field.whole, (), field.whole)


def _merge(fields: list[Field]) -> Field | None:
    first = fields[0]
    if any(len(field.sizes) != len(first.sizes) for field in fields):
        return None
    for field in fields:
        if field.sees_everything:
            return field
    if any(field.jumps != first.jumps for field in fields):
        return None
    sizes = tuple(
        max(size for size in axis if size is not None)
        for axis in zip(*(field.sizes for field in fields), strict=True)
    )
    return Field(sizes, first.jumps, first.whole)
