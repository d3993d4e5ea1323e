"""What a task does not allow, stopped while the answer is exercised.

Two things are looked at. Names that a check forbids are replaced where they stand. And where a
check says what it allows (`course_lib.checking.families`), every call that the student's code makes
into a library is looked at as Python makes it: a function is known by the file that it was written
in, so it does not matter by which name, object or detour it was reached.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib
import sys
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

from course_lib.checking.families import rules_of


class ForbiddenCallError(BaseException):
    """A call that the task does not allow.

    A `BaseException`, so that a student's `except Exception` does not swallow it by accident.
    """

    def __init__(self, name: str) -> None:
        super().__init__(f"`{name}` must not be called here: this is what you are asked to write.")
        self.name = name


@contextlib.contextmanager
def guarded(forbids: tuple[str, ...], allows: tuple[str, ...], subject: Any) -> Iterator[None]:
    """Allow no call of these names, and none into a library but into these families.

    Args:
        forbids: dotted names.
        allows: names of families, or dotted names; all is allowed if there are none.
        subject: the student's object: what it keeps is looked at first.

    Raises:
        ForbiddenCallError: at such a call; and at the end, if the student's code caught it.
    """
    if not allows:
        with blocked(forbids):
            yield
        return
    # Here, because most courses and checks need none of it.
    from course_lib.checking import calls, kept

    rules = rules_of(allows)
    kept.require_allowed(subject, rules)
    watch = calls.Watch(rules, calls.codes_of(map(resolve, forbids)))
    was_collecting = gc.isenabled()
    gc.disable()  # What cleans up after other objects is no call of the student's code.
    try:
        with blocked(forbids), _as_written(), watch:
            yield
    finally:
        if was_collecting:
            gc.enable()
        if watch.refused:
            raise ForbiddenCallError(watch.refused)


@contextlib.contextmanager
def _as_written() -> Iterator[None]:
    """Let what the student's code compiled with `tf.function` run as the Python code that it is.

    What Keras compiles stays so: some mistakes show only there.
    """
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is None:
        yield
        return
    from course_lib.checking.calls import module_in

    compiled = type(tensorflow.function(lambda: None))
    switch = compiled._run_functions_eagerly

    def runs_eagerly(function: Any) -> bool:
        code = getattr(function.python_function, "__code__", None)
        students = code is not None and not module_in(code.co_filename)
        return switch.fget(function) or (students and tensorflow.executing_eagerly())

    compiled._run_functions_eagerly = property(runs_eagerly)
    try:
        yield
    finally:
        compiled._run_functions_eagerly = switch


@contextlib.contextmanager
def blocked(names: tuple[str, ...]) -> Iterator[None]:
    """Replace each dotted name by a function that raises `ForbiddenCallError`.

    Of a module that is named, every function raises it, whoever kept it and by whatever name.

    Names of packages that nobody has imported are passed over, since importing TensorFlow takes
    seconds. (When grading, they are imported before the student's code runs.)
    """
    saved: list[tuple[Any, str, Any]] = []
    closed: dict[FunctionType, CodeType] = {}
    try:
        for name in names:
            owner_name, _, attribute = name.rpartition(".")
            if owner_name.partition(".")[0] not in sys.modules:
                continue
            owner = resolve(owner_name)
            if owner is None or not hasattr(owner, attribute):
                continue
            found = getattr(owner, attribute)
            if isinstance(found, ModuleType):
                closed |= {function: function.__code__ for function in _functions_of(found)}
                continue
            saved.append((owner, attribute, found))
            setattr(owner, attribute, _blocker(name))
        for function in closed:
            function.__code__ = _refuse.__code__.replace(co_name=function.__name__)
        yield
    finally:
        for function, code in closed.items():
            function.__code__ = code
        for owner, attribute, original in reversed(saved):
            setattr(owner, attribute, original)


@functools.cache
def resolve(dotted: str) -> Any:
    """The module, or the class in a module, that a dotted name means; `None` if there is none.

    Imports what is not imported yet, which may take a while.
    """
    first, *parts = dotted.split(".")
    path = first
    try:
        found: Any = importlib.import_module(first)
        for part in parts:
            path += "." + part
            # What is there already comes first, and stays: `keras.src.backend.numpy` means the
            # functions of the backend in use, until the package of that name is imported.
            there = getattr(found, part, None)
            if isinstance(there, ModuleType):
                sys.modules.setdefault(path, there)
            found = importlib.import_module(path) if there is None else there
    except ImportError:
        return None
    return found


def _functions_of(module: ModuleType) -> Iterator[FunctionType]:
    """The functions of a module and those below it, and what is written beside them."""
    for found in list(vars(module).values()):
        if isinstance(found, ModuleType) and found.__name__.startswith(f"{module.__name__}."):
            yield from _functions_of(found)
        elif isinstance(found, FunctionType):
            written = sys.modules[found.__module__]
            beside = (one for one in vars(written).values() if isinstance(one, FunctionType))
            yield from (one for one in beside if one.__module__ == found.__module__)


def _refuse(*args: Any, **kwargs: Any) -> Any:
    """What a function of a closed module does: its own globals are all that it has."""
    import sys

    from course_lib.checking.forbidden import ForbiddenCallError

    frame = sys._getframe()
    module = frame.f_globals["__name__"].replace(".src.", ".")
    raise ForbiddenCallError(f"{module}.{frame.f_code.co_name}")


def _blocker(name: str) -> Any:
    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise ForbiddenCallError(name)

    return refuse
