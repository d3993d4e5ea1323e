"""The handler table: for each Keras layer class and operation, how its multiply-adds count.

A handler takes a `Call` and returns a number of MACs for one example. It raises `Unsupported`
where it cannot know. Handlers live in `_dense_layers`, `_window_layers`, `_sequence_layers`,
`_free_layers` and `_operations`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from course_lib._exceptions import CourseLibraryError
from course_lib.blueprints import Shape
from course_lib.costs._conventions import Conventions


class Unsupported(CourseLibraryError):
    """This layer's cost cannot be known. The message says why, for the table's reader."""


@dataclass(frozen=True)
class Call:
    """One use of a layer, as a handler sees it.

    Attributes:
        class_name: Keras class.
        config: The layer's configuration.
        inputs: Shape of each input tensor, batch dimension first.
        outputs: Shape of each output tensor, batch dimension first.
        arguments: See `CallBlueprint.arguments`.
        conventions: What to count.
    """

    class_name: str
    config: Mapping[str, Any]
    inputs: tuple[Shape, ...]
    outputs: tuple[Shape, ...]
    arguments: Mapping[str, Any]
    conventions: Conventions

    @property
    def input(self) -> Shape:
        """Shape of the first input."""
        return self.inputs[0]

    @property
    def output(self) -> Shape:
        """Shape of the first output."""
        return self.outputs[0]

    @property
    def channels_first(self) -> bool:
        """Whether channels come before the spatial dimensions."""
        return self.config.get("data_format") == "channels_first"

    def spatial(self, shape: Shape) -> Shape:
        """Returns the spatial part of `shape`, without batch and channels."""
        return shape[2:] if self.channels_first else shape[1:-1]

    def channels(self, shape: Shape) -> int:
        """Returns the number of channels of `shape`."""
        return size(shape[1:2] if self.channels_first else shape[-1:])


Handler = Callable[[Call], int]
LAYERS: dict[str, Handler] = {}
OPERATIONS: dict[str, Handler] = {}


def layers(*class_names: str) -> Callable[[Handler], Handler]:
    """Registers a handler for Keras layer classes."""
    return _register(LAYERS, class_names)


def operations(*class_names: str) -> Callable[[Handler], Handler]:
    """Registers a handler for `keras.ops` operations, by the class behind the function."""
    return _register(OPERATIONS, class_names)


def _register(table: dict[str, Handler], names: Iterable[str]) -> Callable[[Handler], Handler]:
    def decorate(handler: Handler) -> Handler:
        for name in names:
            if name in table:
                raise ValueError(f"A handler for {name} exists already.")
            table[name] = handler
        return handler

    return decorate


def size(shape: Iterable[int | None]) -> int:
    """Returns the number of values in `shape`, which must be known."""
    sizes = list(shape)
    if None in sizes:
        raise Unsupported("its size is not known; pass `input_shape`")
    return math.prod(known for known in sizes if known is not None)


def per_example(shape: Shape) -> int:
    """Returns the number of values in `shape` beside the batch dimension."""
    return size(shape[1:])


def overall(shape: Shape) -> int:
    """Returns the number of values in `shape` for a batch of one."""
    return size([1 if shape and shape[0] is None else shape[0], *shape[1:]] if shape else [])


def with_bias(call: Call, macs: int, outputs: int) -> int:
    """Adds one MAC per output value if the layer has a bias and the conventions count it."""
    counts = call.conventions.bias_macs and call.config.get("use_bias", False)
    return macs + outputs * bool(counts)


def whole(value: Any) -> int:
    """Returns `value` if it is a whole number, which a configuration from outside may not hold."""
    if type(value) is not int or not 0 <= value <= 2**48:
        raise Unsupported("its configuration is not as expected")
    return value


def as_tuple(value: Any, length: int) -> tuple[int, ...]:
    """Returns a size given as a number or a sequence as a tuple of `length` whole numbers."""
    items = tuple(value) if isinstance(value, (list, tuple)) else (value,) * length
    if len(items) != length:
        raise Unsupported("its configuration is not as expected")
    return tuple(whole(item) for item in items)
