"""Probes: the few ways in which a student's object is exercised, and what each brings back.

A probe is pure data, made by the judge. It runs beside the student's code (in the notebook's
kernel at home, in the sandbox when grading) and yields an `Observation`, which is pure data too.
A probe never holds what is expected.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

import numpy as np

from course_lib.checking import forbidden
from course_lib.checking.exceptions import describe_exception
from course_lib.checking.room import Room
from course_lib.checking.shown import cut, shown
from course_lib.checking.wire import ANY, ProtocolError, pack, unpack


@dataclass(frozen=True, eq=False)
class Probe:
    """A request to exercise a student's object."""

    kind: ClassVar[str]
    kinds: ClassVar[dict[str, type[Probe]]] = {}

    def __init_subclass__(cls) -> None:
        Probe.kinds[cls.kind] = cls

    def to_value(self) -> dict[str, Any]:
        """The probe as a plain value, for `wire.pack`."""
        return {"kind": self.kind} | {f.name: getattr(self, f.name) for f in fields(self)}

    @staticmethod
    def from_value(value: dict[str, Any]) -> Probe:
        """The inverse of `to_value`."""
        value = dict(value)
        kind = value.pop("kind", None)
        if kind not in Probe.kinds:
            raise ProtocolError(f"unknown probe {kind!r}")
        return Probe.kinds[kind](**value)

    def describe(self, name: str) -> str:
        """The probe in the student's terms, for a finding."""
        raise NotImplementedError

    def exercise(self, subject: Any) -> Any:
        """Run the probe on the student's object and return what came of it."""
        raise NotImplementedError


@dataclass(frozen=True, eq=False)
class CallFunction(Probe):
    """Call a function on the given arguments; the observation is what it returns."""

    kind: ClassVar[str] = "call"
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)

    def describe(self, name: str) -> str:
        parts = [brief(a) for a in self.args]
        parts += [f"{key}={brief(value)}" for key, value in self.kwargs.items()]
        return f"{name}({', '.join(parts)})"

    def exercise(self, subject: Any) -> Any:
        if not callable(subject):
            raise TypeError(f"expected a function, got {type(subject).__name__}")
        return subject(*self.args, **self.kwargs)


@dataclass(frozen=True, eq=False)
class ReadAnswer(Probe):
    """Read a value that the student assigned: a number, a text, a list, a small array."""

    kind: ClassVar[str] = "answer"

    def describe(self, name: str) -> str:
        return f"your answer `{name}`"

    def exercise(self, subject: Any) -> Any:
        return subject


@dataclass(frozen=True, eq=False)
class Observation:
    """What a probe brought back.

    Attributes:
        outcome: `"returned"`, `"raised"` or `"forbidden"`.
        value: what was returned (a plain value with arrays), if anything was.
        error: for the other outcomes: the exception's type, message and short traceback, or the
            name of the call that the task does not allow.
        changed_inputs: names of the array arguments that the student's code wrote to.
        seconds: wall time.
    """

    outcome: str
    value: Any = None
    error: dict[str, str] = field(default_factory=dict)
    changed_inputs: tuple[str, ...] = ()
    seconds: float = 0.0

    def to_value(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @staticmethod
    def from_value(value: Any) -> Observation:
        """Read an observation that arrived from a sandbox.

        Raises:
            ProtocolError: if it is not one.
        """
        if not isinstance(value, dict) or set(value) != {f.name for f in fields(Observation)}:
            raise ProtocolError("malformed observation")
        error, changed, seconds = value["error"], value["changed_inputs"], value["seconds"]
        if (
            value["outcome"] not in ("returned", "raised", "forbidden")
            or not isinstance(error, dict)
            or not _are_texts(error.values())
            or not isinstance(changed, tuple)
            or not _are_texts(changed)
            or not isinstance(seconds, (int, float))
        ):
            raise ProtocolError("malformed observation")
        return Observation(**value)


def _are_texts(found: Collection[Any]) -> bool:
    return len(found) <= _MOST_TEXTS and all(
        isinstance(text, str) and len(text) <= _LONGEST_TEXT for text in found
    )


_MOST_TEXTS, _LONGEST_TEXT = 100, 4_000


def run_probe(
    probe: Probe,
    subject: Any,
    forbids: tuple[str, ...] = (),
    quiet: bool = True,
    allows: tuple[str, ...] = (),
    room: Room = ANY,
) -> Observation:
    """Exercise `subject` and describe what happened. Never raises what the student's code raises.

    Args:
        probe: what to do. Its arrays are copied first, so a later probe sees them unchanged.
        subject: the student's object.
        forbids: dotted names that must not be called meanwhile (`"keras.ops.conv"`).
        quiet: whether to drop what the student's code prints meanwhile (for the whole process).
        allows: the families of names to which its calls into libraries must belong; any, if none.
        room: how large what is returned may be; of what is larger only the shape is kept.
    """
    probe = Probe.from_value(_copied(probe.to_value()))
    before = _copied(probe.to_value())
    started = time.perf_counter()
    try:
        guard = forbidden.guarded(forbids, allows, subject)
        with _quiet() if quiet else contextlib.nullcontext(), guard:
            value = _plain(probe.exercise(subject), room)
        outcome: dict[str, Any] = {"outcome": "returned", "value": value}
    except forbidden.ForbiddenCallError as error:
        outcome = {"outcome": "forbidden", "error": {"name": error.name}}
    except (Exception, SystemExit) as error:
        outcome = {"outcome": "raised", "error": describe_exception(error)}
    changed = tuple(_changed(subject, before, probe.to_value()))
    return Observation(**outcome, changed_inputs=changed, seconds=time.perf_counter() - started)


def _plain(value: Any, room: Room) -> Any:
    """Convert to plain data now, while the student's conversions may still raise or be blocked."""
    return unpack(*pack(value, room))


def _copied(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_copied(item) for item in value)
    return value


def _changed(subject: Any, before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    names = _parameter_names(subject)
    for index, (old, new) in enumerate(
        zip(before.get("args", ()), after.get("args", ()), strict=True)
    ):
        if not _identical(old, new):
            yield names[index] if index < len(names) else f"argument {index + 1}"
    for key, old in before.get("kwargs", {}).items():
        if not _identical(old, after["kwargs"].get(key)):
            yield key


def _identical(old: Any, new: Any) -> bool:
    if isinstance(old, np.ndarray):
        if not isinstance(new, np.ndarray) or new.shape != old.shape or new.dtype != old.dtype:
            return False
        return bool(np.array_equal(old, new, equal_nan=old.dtype.kind == "f"))
    if isinstance(old, dict):
        return old.keys() == new.keys() and all(_identical(old[k], new[k]) for k in old)
    if isinstance(old, (list, tuple)):
        return len(old) == len(new) and all(map(_identical, old, new))
    return True


def _parameter_names(subject: Callable[..., Any]) -> list[str]:
    try:
        return list(inspect.signature(subject).parameters)
    except (TypeError, ValueError):
        return []


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep the student's debugging prints out of the check's own output."""
    with contextlib.redirect_stdout(_Nowhere()):
        yield


class _Nowhere(io.TextIOBase):
    """A stream that keeps nothing, however much is printed."""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return len(text)


def brief(value: Any) -> str:
    """An argument in a few characters; an array by its shape."""
    if isinstance(value, np.ndarray) and value.ndim:
        return f"array{value.shape}".replace(",)", ")")
    return cut(shown(value), 40)
