"""Many ways to write one network, brought to one.

An activation as an argument or as a layer, before or after max pooling; padding by a layer or by
the convolution; sums and concatenations of any nesting; a head as a dense layer or as a
convolution; groups by hand; pooling over the whole map; and everything that does nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from course_lib.blueprints import Shape
from course_lib.structure._by_hand import is_zeros, written_out
from course_lib.structure._shuffle import by_axes, by_slices
from course_lib.structure._step import (
    UNKNOWN,
    Step,
    copied,
    more_channels,
    reduced,
    transposed,
)


def simplified(outputs: list[Step]) -> list[Step]:
    """The network, rewritten until nothing changes any more.

    What is left of parts of one tensor then is no group: where a convolution gives several things
    at once, each gets its own.
    """
    return _rewritten(_rewritten(outputs, _REWRITES), (*_REWRITES, _several_at_once))


def _rewritten(outputs: list[Step], possible: Sequence[_Rewrite]) -> list[Step]:
    while True:
        around = _Surroundings(outputs)
        replaced: dict[int, Step] = {}
        for step in ordered(outputs):
            step.inputs = [replaced.get(id(s), s) for s in step.inputs]
            step.shape = _without_single_pixels(step.shape)
            rules = possible if step.inputs else ()
            new = next((n for n in (rule(step, around) for rule in rules) if n), step)
            if new is not step:
                replaced[id(step)] = new
            around.look_at(new)
        outputs = [replaced.get(id(o), o) for o in outputs]
        if not replaced:
            return outputs


class _Surroundings:
    """What a rewrite needs to know about the network that a step lies in."""

    def __init__(self, outputs: list[Step]) -> None:
        self._users: dict[int, list[Step | None]] = {}
        self._steps = ordered(outputs)  # kept, so that no number is given twice
        self._merged = {(id(source), s.op) for s in self._steps for source in s.inputs}
        for output in outputs:
            self._users.setdefault(id(output), []).append(None)
        for step in self._steps:
            for source in step.inputs:
                self._users.setdefault(id(source), []).append(step)
        self._positive: set[int] = set()

    def look_at(self, step: Step) -> None:
        """Note whether a step ever gives a negative value."""
        inherits = step.op in _KEEPING_SIGNS and all(map(self.is_positive, step.inputs))
        if step.op in _NEVER_NEGATIVE or inherits:
            self._positive.add(id(step))

    def is_positive(self, step: Step) -> bool:
        return id(step) in self._positive

    def alone(self, step: Step) -> bool:
        """Whether a step serves one other step and nothing else."""
        return len(self._users.get(id(step), ())) == 1

    def taken_apart(self, step: Step) -> bool:
        """Whether each of a step's channels serves one slice of them, and nothing else."""
        users, end = self._users.get(id(step), []), 0
        slices = [user for user in users if user is not None and _takes_channels(user)]
        for part in sorted(slices, key=lambda part: int(part.settings["start"])):
            if part.settings["start"] != end:
                return False
            end = part.settings["stop"]
        return len(slices) == len(users) and end == step.shape[-1]

    def goes_on(self, step: Step) -> bool:
        """Whether a step is only a part of a larger one of its kind."""
        return (id(step), step.op) in self._merged


_NEVER_NEGATIVE = frozenset({"relu", "relu6", "sigmoid", "softmax"})
_KEEPING_SIGNS = frozenset(
    {"max_pool", "average_pool", "dropout", "concat", "add", "pad", "multiply", "flatten"}
    | {"pad_channels", "reshape", "subsample", "slice", "global_average_pool", "global_max_pool"}
    | {"transpose", "shuffle"}
)
# Value by value, and never falling: the largest value stays the largest.
_RISING = frozenset(
    {"relu", "relu6", "leaky_relu", "sigmoid", "tanh", "elu", "selu", "softplus", "softsign"}
)
_VALUE_BY_VALUE = _RISING | {"silu", "gelu", "hard_sigmoid", "hard_silu", "mish"}
_MOVING = frozenset({"flatten", "reshape", "subsample", "transpose", "shuffle"})
_CHANNEL_BY_CHANNEL = _VALUE_BY_VALUE | {
    *("max_pool", "average_pool", "global_max_pool", "global_average_pool", "batch_norm"),
    *("dropout", "pad", "subsample", "bias"),
}


def _shape_only(step: Step, around: _Surroundings) -> Step | None:
    """Flattening and reshaping: the last one counts, and one that changes nothing does not."""
    if step.op not in ("flatten", "reshape"):
        return None
    source = step.inputs[0]
    if source.shape == step.shape:
        return source
    if source.op in ("flatten", "reshape"):
        return copied(step, inputs=source.inputs)
    if step.op == "reshape" and len(step.shape) == 2:
        return copied(step, op="flatten", settings={})
    return None


def _zeros(step: Step, around: _Surroundings) -> Step | None:
    """A border of zeros goes into what reads it.

    It never wins a maximum where no value is below zero.
    """
    source = step.inputs[0]
    if source.op != "pad":
        return None
    pooling = step.op == "max_pool" and around.is_positive(source)
    if not pooling and step.op not in ("conv", "pad"):
        return None
    pads = _sum_of_pads(source.settings["padding"], step.settings["padding"])
    if pads is None:
        return None
    return copied(step, inputs=source.inputs, settings=step.settings | {"padding": pads})


def _sum_of_pads(outer: Any, inner: Any) -> Any:
    """Zeros around, then padding of the operation; `None` if that is not one rectangle of zeros."""
    if not isinstance(inner, list):
        return None
    return [[a + c, b + d] for (a, b), (c, d) in zip(outer, inner, strict=True)]


def _whole_map(step: Step, around: _Surroundings) -> Step | None:
    """Pooling with a window as large as the map."""
    if step.op in ("max_pool", "average_pool") and _covers(step, step.inputs[0], "window"):
        return copied(step, op=f"global_{step.op}", settings={})
    return None


def _head(step: Step, around: _Surroundings) -> Step | None:
    """A convolution that sees all there is is a fully connected layer."""
    if step.op != "conv" or step.settings["groups"] != 1:
        return None
    source = step.inputs[0]
    settings = {"units": step.settings["filters"], "bias": step.settings["bias"]}
    if len(source.shape) == 2:
        return copied(step, op="dense", settings=settings)
    if len(source.shape) == 4 and _covers(step, source, "kernel"):
        size = math.prod(int(n or 0) for n in source.shape[1:])
        flat = Step("flatten", [source], (source.shape[0], size), source.name)
        return copied(step, op="dense", inputs=[flat], settings=settings)
    return None


def _covers(step: Step, source: Step, window: str) -> bool:
    """Whether the window is the whole input, without padding."""
    pads, dilation = step.settings["padding"], step.settings.get("dilation", [1])
    whole = list(source.shape[1:-1]) == step.settings[window]
    return whole and isinstance(pads, list) and not any(map(any, pads)) and set(dilation) == {1}


def _without_single_pixels(shape: Shape) -> Shape:
    if len(shape) > 2 and all(size == 1 for size in shape[1:-1]):
        return (shape[0], shape[-1])
    return shape


def _bias(step: Step, around: _Surroundings) -> Step | None:
    """Biases that are added by hand."""
    if step.op != "bias":
        return None
    source = step.inputs[0]
    if source.op not in ("conv", "dense") or source.settings["bias"] or not around.alone(source):
        return None
    return copied(
        source,
        shape=step.shape,
        settings=source.settings | {"bias": True},
        parameters=source.parameters + step.parameters,
        weights=source.weights + step.weights,
    )


def _pixels_left_out(step: Step, around: _Surroundings) -> Step | None:
    """Every other pixel of a map, before a convolution of 1 x 1 or after any: a stride."""
    source = step.inputs[0]
    if step.op == "subsample" and source.op == "subsample":
        return _strided(step, step, source, source.inputs)
    if step.op == "subsample" and source.op == "pad_channels" and around.alone(source):
        [before] = source.inputs
        first = copied(step, inputs=[before], shape=(*step.shape[:-1], before.shape[-1]))
        return copied(source, inputs=[first], shape=step.shape)
    if step.op == "conv" and source.op == "subsample" and set(step.settings["kernel"]) == {1}:
        pads = step.settings["padding"]
        if isinstance(pads, list) and not any(map(any, pads)):
            return _strided(step, step, source, source.inputs)
    if step.op == "subsample" and source.op == "conv" and around.alone(source):
        return _strided(copied(source, shape=step.shape), step, source, source.inputs)
    return None


def _strided(base: Step, one: Step, other: Step, inputs: list[Step]) -> Step:
    pairs = zip(one.settings["strides"], other.settings["strides"], strict=True)
    strides = [a * b for a, b in pairs]
    return copied(base, inputs=inputs, settings=base.settings | {"strides": strides})


def _axis_by_axis(step: Step, around: _Surroundings) -> Step | None:
    """A mean over one axis after the other, and axes that changed their places before."""
    source = step.inputs[0]
    if step.op == "transpose" and source.op == "transpose":
        order = [source.settings["axes"][axis] for axis in step.settings["axes"]]
        return transposed(source.inputs[0], order, step.name)
    op = {"global_average_pool": "mean", "global_max_pool": "max"}.get(step.op, step.op)
    if op == step.op or source.op != "reshape":
        pass
    elif len(source.shape) == 3 and source.inputs[0].shape[-1] == source.shape[-1]:
        return copied(step, inputs=source.inputs)  # All pixels in a row are all pixels.
    if op not in ("mean", "max") or source.op not in (op, "transpose"):
        return None
    axes = step.settings.get("axes", list(range(1, len(source.shape) - 1)))
    keepdims = step.settings.get("keepdims", False)
    before = source.inputs[0]
    rank = len(before.shape)
    if source.op == "transpose" and not keepdims:
        order = source.settings["axes"]
        left = [order[axis] for axis in range(rank) if axis not in axes]
        axes = sorted(order[axis] for axis in axes)
        if left == sorted(left):
            return reduced(op, before, before.shape, axes, False, step.shape, step.name)
    if source.op == op:
        first, kept = source.settings["axes"], source.settings["keepdims"]
        left = [axis for axis in range(rank) if kept or axis not in first]
        axes = sorted({*first, *(left[axis] for axis in axes)})
        keepdims = keepdims and kept
        return reduced(op, before, before.shape, axes, keepdims, step.shape, step.name)
    return None


def _activation_place(step: Step, around: _Surroundings) -> Step | None:
    """An activation stands before max pooling, flattening and concatenation, and only once."""
    source = step.inputs[0]
    if step.op == "relu" and around.is_positive(source):
        return source
    if {step.op, source.op} == {"at_most_6", "relu"} and around.alone(source):
        return copied(source, op="relu6")
    passes = (
        (step.op in _RISING and source.op in ("max_pool", "global_max_pool"))
        or (step.op in _VALUE_BY_VALUE and source.op in _MOVING)
        or (step.op == "dropout" and source.op == "flatten")
    )
    if passes and around.alone(source):
        inside = source.inputs[0]
        return copied(source, inputs=[copied(step, inputs=[inside], shape=inside.shape)])
    if step.op in _VALUE_BY_VALUE and source.op == "concat" and around.alone(source):
        parts = [copied(step, inputs=[part], shape=part.shape) for part in source.inputs]
        return copied(source, inputs=parts)
    return None


def _factors(step: Step, around: _Surroundings) -> Step | None:
    """Two factors are one, and a factor of one is none."""
    if step.op != "scale":
        return None
    source = step.inputs[0]
    if step.settings["factor"] == 1:
        return source
    if source.op == "scale" and around.alone(source):
        factor = step.settings["factor"] * source.settings["factor"]
        return copied(step, inputs=source.inputs, settings={"factor": factor})
    return None


def _nested(step: Step, around: _Surroundings) -> Step | None:
    """Sums of sums and concatenations of concatenations.

    To concatenate costs nothing, so it does not matter whether the inner one serves others too.
    """
    if step.op not in ("add", "multiply", "concat", "maximum", "minimum"):
        return None
    inputs: list[Step] = []
    for item in step.inputs:
        same = item.op == step.op and item.settings == step.settings
        opened = same and (step.op == "concat" or around.alone(item))
        inputs += item.inputs if opened else [item]
    return copied(step, inputs=inputs) if len(inputs) != len(step.inputs) else None


def _zero_channels(step: Step, around: _Surroundings) -> Step | None:
    """Channels of zeros put beside those of a map."""
    if step.op != "concat" or step.settings["axis"] != len(step.shape) - 1:
        return None
    maps = [place for place, part in enumerate(step.inputs) if not is_zeros(part)]
    if len(maps) != 1 or len(step.inputs) == 1:
        return None
    [place] = maps
    widths = [int(part.shape[-1] or 0) for part in step.inputs]
    before, after = sum(widths[:place]), sum(widths[place + 1 :])
    return more_channels(step.inputs[place], before, after, step.shape, step.name)


def _parts(step: Step, around: _Surroundings) -> Step | None:
    """Parts of one tensor put side by side again, whatever was done to each of them alike."""
    if step.op != "concat" or step.settings["axis"] != len(step.shape) - 1:
        return None
    return _joined(step.inputs, around) or by_slices(step.inputs)


def _channels(step: Step, around: _Surroundings) -> Step | None:
    """Channels in another order, by way of more axes."""
    return by_axes(step)


def _joined(parts: list[Step], around: _Surroundings) -> Step | None:
    """The one step that gives what these give side by side, for towers on parts of one tensor."""
    whole = _side_by_side(parts)
    first = parts[0]
    alike = all(part.op == first.op and part.settings == first.settings for part in parts)
    if whole is not None or not alike or first.op not in _CHANNEL_BY_CHANNEL | {"conv"}:
        return whole
    if not all(map(around.alone, parts)):
        return None
    widths = {part.inputs[0].shape[-1] for part in parts}
    source = _joined([part.inputs[0] for part in parts], around)
    if source is None or len(widths) != 1:
        return None
    settings = first.settings
    if first.op == "conv":
        together = {key: len(parts) * settings[key] for key in ("groups", "filters")}
        settings = settings | together
    arrays = zip(*(part.weights for part in parts), strict=True)
    return copied(
        first,
        inputs=[source],
        shape=(*first.shape[:-1], sum(int(part.shape[-1] or 0) for part in parts)),
        settings=settings,
        parameters=sum(part.parameters for part in parts),
        weights=tuple(UNKNOWN if UNKNOWN in pieces else sum(pieces, ()) for pieces in arrays),
    )


def _side_by_side(parts: list[Step]) -> Step | None:
    """What these are the parts of, if they are all of its channels in their order."""
    source, end = parts[0].inputs[0] if parts[0].inputs else None, 0
    if source is None:
        return None
    for part in parts:
        if not _takes_channels(part) or part.inputs[0] is not source:
            return None
        if part.settings["start"] != end:
            return None
        end = part.settings["stop"]
    return source if end == source.shape[-1] else None


def _takes_channels(step: Step) -> bool:
    """Whether a step gives neighbouring channels of its input."""
    settings = step.settings
    return (
        step.op == "slice"
        and settings["axis"] == len(step.inputs[0].shape) - 1
        and settings["step"] == 1
    )


def _several_at_once(step: Step, around: _Surroundings) -> Step | None:
    """Channels of a convolution that gives those of several: a convolution of their own."""
    if not _takes_channels(step) or not around.taken_apart(step.inputs[0]):
        return None
    return _own(step.inputs[0], step.settings["start"], step.settings["stop"], around)


def _own(step: Step, start: int, stop: int, around: _Surroundings) -> Step | None:
    """A step for some channels alone, if a convolution gives each by itself."""
    whole_arrays = all(len(array) == 1 and array[0].stop is None for array in step.weights)
    if not step.inputs or not whole_arrays:
        return None
    source, settings = step.inputs[0], step.settings
    if step.op == "conv" and settings["groups"] == 1:
        settings = settings | {"filters": stop - start}
    elif step.op in _CHANNEL_BY_CHANNEL and around.alone(source):
        own = _own(source, start, stop, around)
        if own is None:
            return None
        source = own
    else:
        return None
    return copied(
        step,
        inputs=[source],
        shape=(*step.shape[:-1], stop - start),
        settings=settings,
        parameters=step.parameters * (stop - start) // int(step.shape[-1] or 1),
        weights=tuple((piece._replace(start=start, stop=stop),) for (piece,) in step.weights),
    )


def _by_hand(step: Step, around: _Surroundings) -> Step | None:
    """What stands for a layer."""
    return None if around.goes_on(step) and step.op == "maximum" else written_out(step)


_Rewrite = Callable[[Step, _Surroundings], Step | None]
_REWRITES: tuple[_Rewrite, ...] = (
    _shape_only,
    _zeros,
    _whole_map,
    _head,
    _bias,
    _pixels_left_out,
    _axis_by_axis,
    _activation_place,
    _factors,
    _nested,
    _zero_channels,
    _parts,
    _channels,
    _by_hand,
)


def trim_borders(outputs: list[Step]) -> None:
    """Sets the padding of windows to what they read; `written` keeps what was written.

    With a stride the last rows and columns of a border may lie behind the last window: then it does
    not matter whether they are there.
    """
    for step in ordered(outputs):
        pads = step.settings.get("padding")
        window = step.settings.get("kernel") or step.settings.get("window")
        if not window or not isinstance(pads, list):
            continue
        dilations = step.settings.get("dilation", [1] * len(window))
        source, read = step.inputs[0].shape[1:-1] or (1,) * len(window), []  # A single pixel.
        for size, k, s, d, (before, after) in zip(
            source, window, step.settings["strides"], dilations, pads, strict=True
        ):
            if size is not None and after:
                last = (size + before + after - d * (k - 1) - 1) // s * s + d * (k - 1) + 1
                after = max(0, last - size - before)
            read.append([before, after])
        if read != pads:
            step.settings = step.settings | {"padding": read, "written": pads}


def ordered(outputs: list[Step]) -> list[Step]:
    """All steps, each after its inputs; without recursion, since networks are deep."""
    order: list[Step] = []
    done: set[int] = set()
    pending = [(step, False) for step in reversed(outputs)]
    while pending:
        step, ready = pending.pop()
        if id(step) in done:
            continue
        if ready:
            done.add(id(step))
            order.append(step)
            continue
        pending.append((step, True))
        pending += [(s, False) for s in reversed(step.inputs) if id(s) not in done]
    return order
