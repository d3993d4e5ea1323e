"""What `course_lib` does in a student's notebook, and nowhere else.

TensorFlow starts without its messages. What is not written yet, and a figure that waits for it, is
told in one line instead of a traceback. A check that fails is shown and does not end "Run all". The
loop variable of a figure takes nothing from a function of the same name, and a figure has arrays of
NumPy from a function that gives tensors, or lists of arrays, and a float from one that gives a
fraction.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import linecache
import os
import re
import sys
import traceback
import weakref
from collections.abc import Iterator
from fractions import Fraction
from types import ModuleType, TracebackType
from typing import Any

FOLDED = "# @title Run this cell: for figures and tables only"
"""The first line of a released cell that only draws; Colab makes a form of it."""

STUB = "raise NotImplementedError()"
"""What stands in a released cell where the student's solution belongs."""


def notebook_shell() -> Any:
    """The IPython of a notebook's kernel; `None` in a terminal, in a script and in the grader."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell if getattr(shell, "kernel", None) is not None else None


def settle() -> None:
    """Make a notebook's kernel quiet and friendly. Elsewhere nothing happens."""
    shell = notebook_shell()
    if shell is None:
        return
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    if "tensorflow" not in sys.modules:
        sys.meta_path.insert(0, _QuietStart())
    shell.set_custom_exc((Exception,), _tell)
    keeper = _Keeper(shell)
    shell.events.register("pre_run_cell", keeper.before)
    shell.events.register("post_run_cell", keeper.after)


def show_failure(error: AssertionError) -> bool:
    """Show a failed check as an error of its cell, and go on; whether there is a notebook.

    The output is an error's, by which nbgrader and others know that the cell failed. The kernel is
    told that the cell ended well, so that the cells below are run.
    """
    shell = notebook_shell()
    if shell is not None:
        shell.showtraceback((type(error), error, None))
    return shell is not None


@contextlib.contextmanager
def standard_error_dropped() -> Iterator[None]:
    """Drop what compiled code writes to descriptor 2 meanwhile."""
    with contextlib.ExitStack() as restore:
        with contextlib.suppress(OSError):  # a process without a console has no descriptor 2
            saved = os.dup(2)
            restore.callback(os.close, saved)
            restore.callback(os.dup2, saved, 2)
            with open(os.devnull, "wb") as nowhere:
                os.dup2(nowhere.fileno(), 2)
        yield


class _QuietStart(importlib.abc.MetaPathFinder):
    """Finds TensorFlow, once. Some of its lines come before it reads any setting."""

    def find_spec(
        self, fullname: str, path: Any = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != "tensorflow":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = _QuietLoader(spec.loader)
        return spec


class _QuietLoader(importlib.abc.Loader):
    def __init__(self, loader: importlib.abc.Loader) -> None:
        self._loader = loader

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        module.__loader__ = self._loader
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        with standard_error_dropped():
            self._loader.exec_module(module)


class _Keeper:
    """Gives a function its name back, if a picture used that name for a number.

    While a picture is drawn, a student's function gives it arrays of NumPy, also where it computes
    with tensors or collects a list. What the picture hands on to another one is what it was.
    """

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._kept: dict[str, Any] = {}
        self._lent: dict[str, Any] = {}

    def before(self, info: Any) -> None:
        names = self._shell.user_ns if str(info.raw_cell).startswith(FOLDED) else {}
        self._kept = {name: value for name, value in names.items() if _is_defined(value)}
        own = {n: f for n, f in self._kept.items() if getattr(f, "__module__", "") == "__main__"}
        files = {f.__code__.co_filename for f in own.values() if inspect.isfunction(f)}
        students = {f for f in files if not linecache.getline(f, 1).startswith(FOLDED)}
        drawn = _Drawn()
        self._lent = {
            name: _giving_arrays(function, self._shell.user_ns, students, drawn)
            for name, function in own.items()
            if inspect.isfunction(function) and function.__code__.co_filename in students
        }
        names.update(self._lent)

    def after(self, result: Any) -> None:
        for name, value in self._kept.items():
            found = self._shell.user_ns.get(name, value)
            if not _is_defined(found) or found is self._lent.get(name):
                self._shell.user_ns[name] = value
        self._lent = {}


def _giving_arrays(function: Any, names: dict[str, Any], students: set[str], drawn: _Drawn) -> Any:
    """The function, for cells that only draw; what a student's own code gets is what it was."""

    @functools.wraps(function)
    def giving(*args: Any, **kwargs: Any) -> Any:
        caller = sys._getframe(1)
        if caller.f_globals is not names or caller.f_code.co_filename in students:
            return function(*args, **kwargs)
        found = function(*drawn.as_they_were(args), **drawn.as_they_were(kwargs))
        return drawn.as_arrays(found)

    return giving


class _Drawn:
    """What a picture has as arrays, and what it was."""

    def __init__(self) -> None:
        self._was: dict[int, tuple[weakref.ref[Any], Any]] = {}

    def as_arrays(self, value: Any) -> Any:
        """Tensors that hold numbers as arrays, and lists of numbers or of arrays of one shape;
        fractions as floats; also in tuples, lists and dictionaries."""
        if isinstance(value, Fraction):
            return float(value)
        if type(value) is tuple:
            return tuple(map(self.as_arrays, value))
        if type(value) is dict:
            return {key: self.as_arrays(item) for key, item in value.items()}
        if type(value) is list:
            array = _as_array([self.as_arrays(item) for item in value])
        elif type(value).__module__.startswith("tensorflow.") and hasattr(value, "numpy"):
            array = value.numpy()
        else:
            return value
        if type(array).__name__ == "ndarray":
            key = id(array)
            gone = weakref.ref(array, lambda _: self._was.pop(key, None))
            self._was[key] = (gone, value)
        return array

    def as_they_were(self, value: Any) -> Any:
        """The same values as they came, where they came as something else."""
        array, was = self._was.get(id(value), (lambda: None, None))
        if array() is value and value is not None:
            return was
        if type(value) in (tuple, list):
            return type(value)(map(self.as_they_were, value))
        if type(value) is dict:
            return {key: self.as_they_were(item) for key, item in value.items()}
        return value


def _as_array(items: list[Any]) -> Any:
    """A list as an array, where a check takes it for one: all its items are numbers."""
    import numpy as np  # Here, because the grader's own process imports this module, too.

    kinds = (np.ndarray, np.generic, complex, float, int)
    if not items or not all(isinstance(item, kinds) for item in items):
        return items
    try:
        array = np.asarray(items)
    except ValueError:  # of several shapes
        return items
    return array if array.dtype.kind in "buifc" else items


def _is_defined(value: Any) -> bool:
    return inspect.isroutine(value) or inspect.isclass(value)


def _tell(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType,
    tb_offset: int | None = None,
) -> None:
    cells = [str(cell) for cell in shell.user_ns.get("In") or [""]]
    line = _in_one_line(cells, error, trace)
    if line is None:
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
    elif cells[-1].startswith("check("):
        # nbgrader looks for an error in the cells that it grades.
        setattr(error, "_render_traceback_", lambda: [line])  # noqa: B010
        shell.showtraceback((kind, error, trace))
    else:
        print(line)


def _in_one_line(cells: list[str], error: BaseException, trace: TracebackType) -> str | None:
    """What is to be said instead of a traceback; `None` if the traceback is what helps.

    Args:
        cells: what was run, this cell last.
        error: what stopped it.
        trace: where.
    """
    frames, cell = traceback.extract_tb(trace), cells[-1]
    draws = cell.startswith(FOLDED)
    last = frames[-1] if frames else None
    if isinstance(error, NotImplementedError) and last and last.line == STUB:
        if last.name == "<module>":
            return f"Not written yet: replace `{STUB}` in this cell."
        return f"This waits for `{last.name}`, which is not written yet."
    if isinstance(error, NameError) and error.name:
        name = error.name
        if draws or cell.startswith("check(") or any(_gives(c, name) for c in cells[:-1]):
            return f"This waits for `{name}`, which has no value yet: write or run its cell."
    if not draws:
        return None
    places = [f for f in frames if "ipykernel" in f.filename or "<ipython" in f.filename]
    place = f" (line {places[-1].lineno}, in `{places[-1].name}`)" if places[1:] else ""
    said = f"{type(error).__name__}: {error}".splitlines()[0][:300]
    return f"This cannot be drawn from your answers as they are. {said}{place}. It is not graded."


def _gives(cell: str, name: str) -> bool:
    """Whether a cell would have given this name a value, had it come to its end."""
    return re.search(rf"^{re.escape(name)}\b[^\n=]*=(?!=)", cell, re.MULTILINE) is not None
