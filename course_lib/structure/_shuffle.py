"""Channels in another order, however it is written: the channel shuffle of ShuffleNet."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from course_lib.blueprints import Shape
from course_lib.structure._graph import Node
from course_lib.structure._step import Step

_LARGEST = 2**23  # of a map that is moved about here to see what becomes of it
_LONGEST = 6  # reshapes and exchanges of axes in a row


def shuffled(source: Step, order: Sequence[int], name: str) -> Step | None:
    """A step that gives the channels of `source` in this order; `None` if it is no order of them.

    One that cuts the channels into groups and takes one of each in turn is told by its groups.
    """
    channels = int(source.shape[-1] or 0)
    if sorted(order) != list(range(channels)):
        return None
    if list(order) == list(range(channels)):
        return source
    settings: dict[str, Any] = {"order": list(order)}
    each = order[1]  # The second channel of a shuffle is the first one of the second group.
    if each and channels % each == 0:
        in_turn = np.arange(channels).reshape(-1, each).T.ravel()
        settings = {"groups": channels // each} if in_turn.tolist() == list(order) else settings
    return Step("shuffle", [source], source.shape, name, settings)


def order_of(step: Step | Node) -> np.ndarray:
    """Which channel of its input each channel of a shuffle is."""
    if "order" in step.settings:
        return np.array(step.settings["order"])
    return np.arange(int(step.shape[-1] or 0)).reshape(step.settings["groups"], -1).T.ravel()


def by_axes(step: Step) -> Step | None:
    """Reshape, exchange of axes, reshape: if all it does is to put channels in another order."""
    if step.op not in ("reshape", "transpose") or not _known(step.shape):
        return None
    chain, source = [step], step.inputs[0]
    while source.op in ("reshape", "transpose") and len(chain) < _LONGEST:
        chain.insert(0, source)
        source = source.inputs[0]
        if source.shape[1:] == step.shape[1:] and len(chain) > 1:
            order = _order(chain, source.shape)
            if order is not None:
                return shuffled(source, order, step.name)
    return None


def _known(shape: Shape) -> bool:
    return len(shape) > 2 and None not in shape[1:] and math.prod(map(_size, shape[1:])) < _LARGEST


def _size(length: int | None) -> int:
    return int(length or 0)


def _order(chain: list[Step], shape: Shape) -> list[int] | None:
    """What the steps do to the channels of two numbered maps; `None` if they do anything else."""
    before = np.arange(2 * math.prod(map(_size, shape[1:])))
    moved = before = before.reshape(2, *map(_size, shape[1:]))
    for step in chain:
        if step.op == "transpose":
            moved = moved.transpose(step.settings["axes"])
        else:
            moved = moved.reshape(-1, *map(_size, step.settings["shape"]))
    if moved.shape != before.shape:
        return None
    order = moved.reshape(-1, moved.shape[-1])[0]
    alike = order.max() < len(order) and np.array_equal(before[..., order], moved)
    return order.tolist() if alike else None


def by_slices(parts: Sequence[Step]) -> Step | None:
    """Channels taken out and put side by side, such as `x[..., 0::3]`, `x[..., 1::3]`, ..."""
    sources = {id(part.inputs[0]) for part in parts if part.op == "slice"}
    if len(sources) != 1 or any(part.op != "slice" for part in parts):
        return None
    source = parts[0].inputs[0]
    order: list[int] = []
    for part in parts:
        settings = part.settings
        if settings["axis"] != len(source.shape) - 1:
            return None
        order += range(settings["start"], settings["stop"], settings["step"])
    return shuffled(source, order, parts[0].name)
