"""What a student's function has kept from before: C functions, which call without being seen."""

from __future__ import annotations

import dis
import functools
import sys
from collections.abc import Iterable, Iterator
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np

from course_lib.checking.calls import module_in
from course_lib.checking.families import is_allowed, is_standard

_MOST = 2000
"""Objects that are looked at: enough for every notebook."""


def require_allowed(subject: Any, rules: dict[str, bool]) -> None:
    """Look at what the subject reaches by its names, closures, defaults and attributes.

    Raises:
        ForbiddenCallError: if a C function is among it that is not allowed.
    """
    from course_lib.checking.forbidden import ForbiddenCallError

    for found in reached(subject):
        name = _name_of(found)
        if name and not is_allowed(name, rules, otherwise=is_standard(name)):
            raise ForbiddenCallError(name)


def reached(subject: Any) -> Iterator[Any]:
    """The subject, and the objects that it holds or names."""
    pending, seen = [subject], set[int]()
    while pending and len(seen) < _MOST:
        found = pending.pop()
        if id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        pending.extend(_within(found))


def _within(found: Any) -> Iterable[Any]:
    if isinstance(found, FunctionType):
        cells = (cell for cell in found.__closure__ or ())
        yield from (cell.cell_contents for cell in cells if _is_filled(cell))
        yield from found.__defaults__ or ()
        yield from (found.__kwdefaults__ or {}).values()
        yield from vars(found).values()
        yield from _globals_of(found.__code__, found.__globals__)
    elif isinstance(found, MethodType):
        yield from (found.__func__, found.__self__)
    elif isinstance(found, functools.partial):
        yield from (found.func, *found.args, *found.keywords.values())
    elif isinstance(found, dict):
        yield from list(found.values())[:_MOST]
    elif isinstance(found, (list, tuple, set, frozenset)):
        yield from list(found)[:_MOST]
    elif _is_students(type(found)):
        yield from vars(found).values() if hasattr(found, "__dict__") else ()
        yield from vars(type(found)).values()
    elif isinstance(found, type) and _is_students(found):
        yield from vars(found).values()


def _globals_of(code: Any, names: dict[str, Any]) -> Iterator[Any]:
    for instruction in dis.get_instructions(code):
        if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME") and instruction.argval in names:
            yield names[instruction.argval]
        elif hasattr(instruction.argval, "co_code"):
            yield from _globals_of(instruction.argval, names)


def _is_filled(cell: Any) -> bool:
    try:
        cell.cell_contents  # noqa: B018
    except ValueError:
        return False
    return True


def _is_students(kind: type) -> bool:
    """Whether a class was made in a notebook, or in a file beside it."""
    file = getattr(sys.modules.get(kind.__module__), "__file__", None)
    return kind.__module__ == "__main__" or (
        not is_standard(kind.__module__) and not module_in(file or "")
    )


def _name_of(found: Any) -> str:
    """The dotted name of a C function of a library; empty for all else."""
    if isinstance(found, np.ufunc):
        if getattr(np, found.__name__, None) is found:
            return ""
        return f"scipy.special.{found.__name__}"
    is_compiled = type(found).__name__ in ("cython_function_or_method", "PjitFunction")
    if isinstance(found, ModuleType) or not (is_compiled or isinstance(found, BuiltinFunctionType)):
        return ""
    module = getattr(found, "__module__", None)
    return f"{module}.{found.__name__}" if isinstance(module, str) else ""
