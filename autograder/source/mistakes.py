"""Known mistakes and other right answers: the solution with something else in its place.

A mistake stands in `mistakes/<check>.py` of its notebook, under the check that it loses first. The
file is read, and never run. Its statements are of two kinds::

    change(
        "stride_along_the_height_only",
        "columns = (width - covered_width) // stride + 1",
        "columns = width - covered_width + 1",
        say="Your layer uses the stride along the height but not along the width.",
    )

    @instead("transposed", say="...", fails=("conv2d_forward", "conv2d_im2col"))
    def conv2d_forward(x, kernel, bias, stride=1, padding=0, dilation=1): ...

`change` puts other text in the place of some of the solution's, of which it names one or several
pairs of old and new. Each must be found exactly once, by default in the solution cells that define
what the file's check looks at, and with `inside` in the definition of that name: so no mistake
outlives the solution that it is about. `instead` defines something anew; the definitions that
follow it, up to the next mistake, belong to it.

Another right answer is a file of its own in `answers/`: a docstring, and definitions.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder._exceptions import CourseError
from autograder.source.course import Course
from autograder.source.notebook import (
    defined_names,
    is_solution,
    marks,
    parse,
    read_source,
)

_RIGHT = "answers/"


@dataclass(frozen=True)
class Variant:
    """The solution with something else in it: a known mistake, or another right answer.

    Attributes:
        name: `"conv2d_forward/transposed"` of a mistake, `"answers/einsum"` of an answer.
        sentence: what a tutor would say.
        fails: the checks that it must lose; none for a right answer.
        hint: the sentence that the grader must give; empty if it cannot be recognised by value.
        file: where it is written.
        cells: the solution cells that are not the solution's, by `grade_id`.
        names: what it defines in another way.
    """

    name: str
    sentence: str
    fails: tuple[str, ...]
    hint: str
    file: Path
    cells: dict[str, str]
    names: frozenset[str]

    @property
    def is_mistake(self) -> bool:
        return bool(self.fails)


def is_right(name: str) -> bool:
    """Whether this is the name of a right solution: the notebook's own, or another answer."""
    return name == "solution" or name.startswith(_RIGHT)


def read_variants(course: Course, assignment: str, notebook: str) -> list[Variant]:
    """The other answers and the known mistakes of a notebook, by name.

    Raises:
        CourseError: if one is not written as it must be, or no longer fits the solution.
    """
    found = [
        *read_answers(course, assignment, notebook),
        *read_mistakes(course, assignment, notebook),
    ]
    return sorted(found, key=lambda variant: variant.name)


def read_variant(course: Course, assignment: str, notebook: str, name: str) -> Variant:
    """The mistake or other answer of this name.

    Raises:
        CourseError: if there is none, or one is not written as it must be.
    """
    known = {found.name: found for found in read_variants(course, assignment, notebook)}
    if name not in known:
        raise CourseError(
            f"{assignment}/{notebook} has no mistake or answer {name!r}. Known: {', '.join(known)}."
        )
    return known[name]


def read_answers(course: Course, assignment: str, notebook: str) -> list[Variant]:
    """The other right answers of a notebook.

    Raises:
        CourseError: if one lacks its docstring, or defines nothing that the solution defines.
    """
    cells = _solution_cells(course, assignment, notebook)
    return [_answer(course, path, cells) for path in course.answers(assignment, notebook)]


def splice(notebook: NotebookNode, variant: Variant) -> NotebookNode:
    """The solution notebook with a variant's cells in the place of its own."""
    spliced = nbformat.from_dict(notebook)
    for cell in spliced.cells:
        if is_solution(cell):
            cell.source = variant.cells.get(marks(cell)["grade_id"], cell.source)
    return spliced


def _solution_cells(course: Course, assignment: str, notebook: str) -> dict[str, str]:
    """The code of the solution cells by `grade_id`, in the notebook's order."""
    cells = read_source(course.source(assignment, notebook)).cells
    return {
        marks(cell)["grade_id"]: cell.source
        for cell in cells
        if cell.cell_type == "code" and is_solution(cell)
    }


def _answer(course: Course, path: Path, cells: dict[str, str]) -> Variant:
    text = path.read_text()
    tree = parse(text, str(path))
    sentence = _one_line(ast.get_docstring(tree) or "")
    where = course.shown(path)
    if not sentence:
        raise CourseError(f"{where}: an answer begins with a docstring that says how it differs.")
    code = [_text(text, node) for node in tree.body[1:]]
    return Variant(
        _RIGHT + path.stem,
        sentence,
        (),
        "",
        path,
        _appended(cells, code, where),
        frozenset(defined_names("\n\n".join(code))),
    )


def _appended(cells: dict[str, str], code: Sequence[str], where: str) -> dict[str, str]:
    """The cells that change when these statements come after the solution's own.

    They are put at the end of the cell that first defines one of their names; what later cells
    define once more is put at their end, too.
    """
    wanted = defined_names("\n\n".join(code))
    found: dict[str, str] = {}
    for grade_id, source in cells.items():
        names = defined_names(source) & wanted
        if names:
            again = [part for part in code if not found or defined_names(part) & names]
            found[grade_id] = "\n\n".join([source, *again])
    if not found:
        raise CourseError(f"{where} defines no name that a solution cell defines.")
    return found


def _text(text: str, node: ast.stmt) -> str:
    """A statement as it is written, with its decorators."""
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(d.lineno for d in decorators)])
    return "\n".join(text.splitlines()[first - 1 : node.end_lineno])


def _one_line(text: str) -> str:
    """The first paragraph, on one line."""
    return " ".join(text.split("\n\n")[0].split())


# For the time being


def read_mistakes(course: Course, assignment: str, notebook: str) -> list[Variant]:
    cells = _solution_cells(course, assignment, notebook)
    found = []
    for path in course.mistakes(assignment, notebook):
        text = path.read_text()
        tree = parse(text, str(path))
        sentence = _one_line(ast.get_docstring(tree) or "")
        fails: tuple[str, ...] = ()
        hint = sentence
        code = []
        for node in tree.body[1:]:
            target = node.targets[0] if isinstance(node, ast.Assign) else None
            if isinstance(target, ast.Name) and target.id == "FAILS":
                fails = tuple(ast.literal_eval(node.value))  # type: ignore[attr-defined]
            elif isinstance(target, ast.Name) and target.id == "HINT":
                hint = ast.literal_eval(node.value) or ""  # type: ignore[attr-defined]
            else:
                code.append(_text(text, node))
        name = f"{path.parent.name}/{path.stem}"
        found.append(
            Variant(
                name,
                sentence,
                fails,
                hint,
                path,
                _appended(cells, code, course.shown(path)),
                frozenset(defined_names("\n\n".join(code))),
            )
        )
    return found
