"""The definitions of a notebook, run as trusted code: what right answers are taken from."""

from __future__ import annotations

import ast
import contextlib
import functools
import gc
import os
import sys
import threading
from collections.abc import Iterator
from functools import cached_property
from types import CodeType, ModuleType, SimpleNamespace
from typing import Any

from nbformat import NotebookNode

from autograder._exceptions import CourseError
from autograder.source.notebook import (
    checked_expression,
    is_definition,
    is_graded,
    is_solution,
    marks,
    parse,
)


class Reference:
    """The definitions of a notebook, run as trusted code in this process.

    Solution cells are run as they are; of every other code cell only imports, definitions and
    assignments of literals. So displays and trainings are not run.

    Args:
        notebook: the notebook.
        name: `"a01_layers/convolution"`; with more behind it if it is not the solution.
        unfinished: whether a cell that stops takes only what it would have defined with it, as in a
            student's notebook.
    """

    def __init__(self, notebook: NotebookNode, name: str, *, unfinished: bool = False) -> None:
        self.notebook = notebook
        self._name = name
        self._stops = () if not unfinished else (Exception,)

    @cached_property
    def namespace(self) -> SimpleNamespace:
        """The notebook's names."""
        module = ModuleType(f"reference_{self._name.replace('/', '_')}")
        # Classes look their module up when they are serialised.
        sys.modules[module.__name__] = module
        with c_libraries_silenced(), _imports_kept():
            for cell in self._cells():
                code = _compiled(cell.source, self.filename(cell), is_solution(cell))
                with contextlib.suppress(*self._stops):
                    exec(code, module.__dict__)
        return SimpleNamespace(**module.__dict__)

    def filename(self, cell: NotebookNode) -> str:
        """What the code of a cell is called in tracebacks, as `blame` reads it."""
        notebook = "/".join(self._name.split("/")[:2])
        return f"<{notebook}:{cell.get('id', '')}>"

    @property
    def code(self) -> str:
        """What is run, as text."""
        return "\n\n".join(
            ast.get_source_segment(cell.source, node) or ast.unparse(node)
            for cell in self._cells()
            for node in _kept(cell.source, is_solution(cell)).body
        )

    def _cells(self) -> Iterator[NotebookNode]:
        for cell in self.notebook.cells:
            if cell.cell_type == "code" and not is_graded(cell):
                yield cell

    def subject(self, check: str) -> Any:
        """The object that the graded cell of this name hands to `check`."""
        for cell in self.notebook.cells:
            if is_graded(cell) and marks(cell).get("grade_id") == check:
                argument = checked_expression(cell.source)
                return eval(
                    compile(ast.Expression(argument), "<graded cell>", "eval"),
                    dict(vars(self.namespace)),
                )
        raise CourseError(f"{self._name} has no graded cell {check!r}.")


@contextlib.contextmanager
def _imports_kept() -> Iterator[None]:
    """Hide from the garbage collector what a framework brings, which lives as long as the process.

    It is a million objects. Each full collection walks them, which takes longer than building a
    small network, and in vain.
    """
    if "keras" in sys.modules or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if "keras" in sys.modules:
            gc.freeze()
        gc.enable()


def _kept(source: str, solved: bool) -> ast.Module:
    """What is run of a cell: all of a solution, the definitions of any other."""
    tree = parse(source)
    if solved:
        return tree
    return ast.Module([node for node in tree.body if is_definition(node)], type_ignores=[])


# A notebook and its known mistakes differ in a cell or two.
@functools.lru_cache(maxsize=512)
def _compiled(source: str, filename: str, solved: bool) -> CodeType:
    return compile(_kept(source, solved), filename, "exec")


class _Silence:
    """Standard error, sent nowhere from the first that asks for it until the last is done.

    It is the process's own: two threads that each put back what they found would end in silence.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wanted_by = 0
        self._kept = -1

    def begin(self) -> None:
        with self._lock:
            self._wanted_by += 1
            if self._wanted_by == 1:
                sys.stderr.flush()
                self._kept = os.dup(2)
                with open(os.devnull, "wb") as nowhere:
                    os.dup2(nowhere.fileno(), 2)

    def end(self) -> None:
        with self._lock:
            self._wanted_by -= 1
            if self._wanted_by == 0:
                os.dup2(self._kept, 2)
                os.close(self._kept)


_silence = _Silence()


@contextlib.contextmanager
def c_libraries_silenced() -> Iterator[None]:
    """Drop what TensorFlow says at every import, whatever its log level; exceptions still raise."""
    _silence.begin()
    try:
        yield
    finally:
        _silence.end()
