"""Layers that are written out: ReLU by arithmetic, softmax by its formula, pooling by slices."""

from __future__ import annotations

import itertools
from typing import Any

from course_lib.structure._step import Step, copied

_ABOVE, _BELOW = ("Greater", "GreaterEqual"), ("Less", "LessEqual")


def is_zeros(step: Step) -> bool:
    """Whether this is `ops.zeros_like` of anything, or anything times zero."""
    return step.settings.get("class") == "ZerosLike" or (
        step.op == "scale" and step.settings["factor"] == 0
    )


def compared_with_zero(step: Step, value: Step) -> int:
    """1 for `value > 0`, -1 for `value < 0`, 0 for anything else."""
    against = step.settings.get("arguments") == [{"tensor": 0}, 0]
    if not against or step.inputs != [value]:
        return 0
    kind = step.settings.get("class")
    return 1 if kind in _ABOVE else -1 if kind in _BELOW else 0


def written_out(step: Step) -> Step | None:
    """The layer that a step completes, if one was written out up to here."""
    for rule in _RULES:
        found = rule(step)
        if found is not None:
            return found
    return None


def _mean(step: Step) -> Step | None:
    """`(x + y) / 2`, `0.5 * x + 0.5 * y` and `ops.mean(ops.stack([x, y]), axis=0)`."""
    parts, factors = step.inputs, []
    if step.op == "scale" and step.inputs[0].op == "add":
        parts, factors = step.inputs[0].inputs, [step.settings["factor"]]
    elif step.op == "add" and all(part.op == "scale" for part in parts):
        factors = [part.settings["factor"] for part in parts]
        parts = [part.inputs[0] for part in parts]
    elif step.op == "mean":
        stacked, axis = _stacked(step.inputs[0])
        if not stacked or step.settings != {"axes": [axis], "keepdims": False}:
            return None
        return Step("average", stacked, step.shape, step.name)
    if not factors or any(abs(factor * len(parts) - 1) > 1e-6 for factor in factors):
        return None
    return Step("average", parts, step.shape, step.name)


def _stacked(step: Step) -> tuple[list[Step], int]:
    """Maps that were put side by side on an axis of their own, and the axis; no maps if none were.

    On the last axis but one that is a concatenation in another shape, on the last one its
    transpose.
    """
    if step.settings.get("class") == "Stack":
        return step.inputs, step.settings["axis"] % len(step.shape)
    last = len(step.shape) - 1
    exchanged = step.op == "transpose" and step.settings["axes"] == [
        *range(last - 1),
        last,
        last - 1,
    ]
    wide = step.inputs[0] if exchanged else step
    if wide.op != "reshape" or wide.inputs[0].op != "concat":
        return [], 0
    maps = wide.inputs[0].inputs
    one = maps[0].shape
    if any(part.shape != one for part in maps) or wide.shape != (*one[:-1], len(maps), one[-1]):
        return [], 0
    return maps, last if exchanged else last - 1


def _relu(step: Step) -> Step | None:
    """`x * (x > 0)`, `ops.maximum(x, ops.zeros_like(x))` and `(x + ops.abs(x)) / 2`."""
    value = None
    if step.op == "multiply" and len(step.inputs) == 2:
        pairs = itertools.permutations(step.inputs)
        value = next((one for one, other in pairs if compared_with_zero(other, one) > 0), None)
    if step.op == "maximum" and len(step.inputs) == 2:
        pairs = itertools.permutations(step.inputs)
        value = next((one for one, other in pairs if is_zeros(other)), None)
    if step.op == "scale" and step.settings["factor"] == 0.5 and step.inputs[0].op == "add":
        pairs = itertools.permutations(step.inputs[0].inputs)
        value = next((one for one, *rest in pairs if _is_size(rest, one)), None)
    return Step("relu", [value], step.shape, step.name) if value is not None else None


def _is_size(steps: list[Step], value: Step) -> bool:
    return [(step.settings.get("class"), step.inputs) for step in steps] == [("Absolute", [value])]


def _softmax(step: Step) -> Step | None:
    """`e / ops.sum(e, axis=-1, keepdims=True)` with `e = ops.exp(x - ops.max(x, ...))`."""
    if step.settings.get("class") not in ("TrueDivide", "Divide") or len(step.inputs) != 2:
        return None
    powers, total = step.inputs
    summed = total.settings.get("class") == "Sum" and _one_for_all_channels(total, powers)
    if not summed or powers.settings.get("class") != "Exp":
        return None
    scores = powers.inputs[0]
    if scores.settings.get("class") == "Subtract" and len(scores.inputs) == 2:
        value, largest = scores.inputs
        if largest.op == "max" and _one_for_all_channels(largest, value):
            scores = value
    return Step("softmax", [scores], step.shape, step.name)


def _one_for_all_channels(step: Step, source: Step) -> bool:
    """Whether a step has one number where its only input has all its channels.

    Seen by the shapes: what counts as one pixel has fewer axes by now than when it was written.
    """
    return step.inputs == [source] and step.shape == (*source.shape[:-1], 1) != source.shape


def _pool_by_reshaping(step: Step) -> Step | None:
    """The mean or the maximum over the small axes of `(batch, rows, k, columns, k, channels)`."""
    op = {"mean": "average_pool", "max": "max_pool"}.get(step.op)
    if op is None or step.settings != {"axes": [2, 4], "keepdims": False}:
        return None
    source = step.inputs[0]
    if source.op != "reshape" or len(source.shape) != 6 or None in source.shape[1:]:
        return None
    rows, high, columns, wide, channels = (int(n or 0) for n in source.shape[1:])
    [before] = source.inputs
    if before.shape[1:] != (rows * high, columns * wide, channels):
        return None
    return _pool(op, before, [high, wide], [high, wide], step)


def _pool(op: str, source: Step, window: list[int], strides: list[int], step: Step) -> Step:
    settings = {"window": window, "strides": strides, "padding": [[0, 0], [0, 0]]}
    return Step(op, [source], step.shape, step.name, settings)


def _pool_by_slices(step: Step) -> Step | None:
    """The largest or the mean of `x[:, ::2, ::2]`, `x[:, 1::2, ::2]` and so on."""
    parts, op = step.inputs, {"maximum": "max_pool", "average": "average_pool"}.get(step.op)
    if step.op == "scale" and step.inputs[0].op == "add":
        parts = step.inputs[0].inputs
        even = abs(step.settings["factor"] * len(parts) - 1) < 1e-6
        op = "average_pool" if even else None
    if op is None or len(step.shape) != 4:
        return None
    pixels = [_pixels(part) for part in parts]
    source, first = pixels[0][0], pixels[0][1]
    strides = [stride for _, stride in first]
    if any(s is not source or [t for _, t in p] != strides for s, p in pixels):
        return None
    if None in source.shape[1:] or len(source.shape) != 4:
        return None
    starts = sorted(tuple(start for start, _ in places) for _, places in pixels)
    window = [1 + max(place) for place in zip(*starts, strict=True)]
    if starts != list(itertools.product(*map(range, window))) or len(starts) == 1:
        return None
    sizes = [
        (int(size or 0) - side) // stride + 1
        for size, side, stride in zip(source.shape[1:-1], window, strides, strict=True)
    ]
    return _pool(op, source, window, strides, step) if list(step.shape[1:-1]) == sizes else None


def _pixels(step: Step) -> tuple[Step, list[tuple[int, int]]]:
    """The map that these are pixels of; for each of its two axes the first one and the stride."""
    places: dict[int, tuple[int, int]] = {}
    while step.op in ("slice", "subsample"):
        if step.op == "slice":
            taken = {step.settings["axis"]: (step.settings["start"], step.settings["step"])}
        else:
            strides = enumerate(step.settings["strides"], 1)
            taken = {axis: (0, stride) for axis, stride in strides if stride > 1}
        if taken.keys() & places.keys() or not taken.keys() <= {1, 2}:
            break
        places |= taken
        step = step.inputs[0]
    return step, [places.get(axis, (0, 1)) for axis in (1, 2)]


def _pool_by_axes(step: Step) -> Step | None:
    """Pooling along the height, then along the width."""
    if step.op not in ("max_pool", "average_pool") or step.inputs[0].op != step.op:
        return None
    source = step.inputs[0]
    axes = [_along(step), _along(source)]
    if sorted(axes) != [0, 1]:
        return None
    both: dict[str, Any] = {
        key: [a * b for a, b in zip(step.settings[key], source.settings[key], strict=True)]
        for key in ("window", "strides")
    }
    return copied(step, inputs=source.inputs, settings=step.settings | both)


def _along(step: Step) -> int:
    """The one axis of a map along which a step pools without padding; -1 if there is none."""
    window, strides, pads = (step.settings[key] for key in ("window", "strides", "padding"))
    if not isinstance(pads, list) or any(map(any, pads)) or len(window) != 2:
        return -1
    axes = [axis for axis in (0, 1) if (window[axis], strides[axis]) != (1, 1)]
    return axes[0] if len(axes) == 1 else -1


# Pooling first: the mean of slices is more than a mean.
_RULES = (_relu, _softmax, _pool_by_reshaping, _pool_by_slices, _pool_by_axes, _mean)
