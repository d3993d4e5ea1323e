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

`change` puts other text in the place of some of the solution's: one or several pairs of old and
new. Each old text must be found exactly once, by default in the solution cells that define what
the file's check looks at, and with `inside` in the definition of that name: so no mistake outlives
the solution that it is about. Texts of several lines are whole lines; how far they are indented
does not matter.

`instead` defines something anew. Statements that follow belong to it, up to the next mistake; what
is not a definition stands under a plain `instead(...)`.

Both say what a tutor would (`say`) and which checks are lost (`fails`, by default the file's). The
grader recognises a mistake by its values and says the sentence; `hint` is what it says instead, or
`None` where values do not tell.

Another right answer is a file of its own in `answers/`: a docstring, and definitions.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder._exceptions import CourseError
from autograder.source.change import replacements
from autograder.source.course import Course
from autograder.source.notebook import (
    checked_expression,
    defined_names,
    is_graded,
    is_solution,
    marks,
    names_in,
    parse,
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
    solution = _solution(course, assignment, notebook)
    return [_answer(course, path, solution) for path in course.answers(assignment, notebook)]


def read_mistakes(course: Course, assignment: str, notebook: str) -> list[Variant]:
    """The known mistakes of a notebook, file by file.

    Raises:
        CourseError: if one is not written as it must be, or its text is not in the solution.
    """
    solution = _solution(course, assignment, notebook)
    found: list[Variant] = []
    for path in course.mistakes(assignment, notebook):
        found += _MistakesFile(path, course.shown(path), solution).read()
    return found


def splice(notebook: NotebookNode, variant: Variant) -> NotebookNode:
    """The solution notebook with a variant's cells in the place of its own."""
    spliced: NotebookNode = nbformat.from_dict(notebook)
    for cell in spliced.cells:
        if is_solution(cell):
            cell.source = variant.cells.get(marks(cell)["grade_id"], cell.source)
    return spliced


@dataclass(frozen=True)
class _Solution:
    """What mistakes are made of.

    Attributes:
        where: its file, as the course's people know it.
        cells: the code of the solution cells by `grade_id`, in the notebook's order.
        looks_at: the names that each check looks at.
    """

    where: str
    cells: dict[str, str]
    looks_at: dict[str, frozenset[str]]


def _solution(course: Course, assignment: str, notebook: str) -> _Solution:
    source = course.read_source(assignment, notebook)
    cells = [cell for cell in source.cells if cell.cell_type == "code"]
    return _Solution(
        course.shown(course.source(assignment, notebook)),
        {marks(cell)["grade_id"]: cell.source for cell in cells if is_solution(cell)},
        {
            marks(cell)["grade_id"]: frozenset(names_in(checked_expression(cell.source)))
            for cell in cells
            if is_graded(cell)
        },
    )


def _answer(course: Course, path: Path, solution: _Solution) -> Variant:
    text, where = path.read_text(), course.shown(path)
    tree = parse(text, str(path))
    sentence = _one_line(ast.get_docstring(tree) or "")
    if not sentence:
        raise CourseError(f"{where}: an answer begins with a docstring that says how it differs.")
    code = [_text(text, node) for node in tree.body[1:]]
    cells = _appended(solution, code, where)
    names = frozenset(defined_names("\n\n".join(code)))
    return Variant(_RIGHT + path.stem, sentence, (), "", path, cells, names)


def _appended(solution: _Solution, code: Sequence[str], where: str) -> dict[str, str]:
    """The cells that change when these statements come after the solution's own.

    They are put at the end of the cell that first defines one of their names; what later cells
    define once more is put at their end, too.
    """
    wanted = defined_names("\n\n".join(code))
    found: dict[str, str] = {}
    for grade_id, source in solution.cells.items():
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


class _MistakesFile:
    """One file of known mistakes."""

    def __init__(self, path: Path, where: str, solution: _Solution) -> None:
        self._path, self._where, self._solution = path, where, solution
        self._check = path.stem
        self._text = path.read_text()

    def read(self) -> list[Variant]:
        """Its mistakes, in their order."""
        if self._check not in self._solution.looks_at:
            known = ", ".join(sorted(self._solution.looks_at))
            raise CourseError(
                f"{self._where} is named after no check of its notebook. Known: {known}."
            )
        found: list[Variant] = []
        for call, statements in self._mistakes():
            mistake = self._mistake(call, statements)
            if any(mistake.name == other.name for other in found):
                raise CourseError(f"{self._where}: mistake {mistake.name!r} stands twice.")
            found.append(mistake)
        return found

    def _mistakes(self) -> Iterator[tuple[ast.Call, list[ast.stmt]]]:
        """Each mistake's call of `change` or `instead`, with the statements that belong to it."""
        call: ast.Call | None = None
        statements: list[ast.stmt] = []
        for node in parse(self._text, str(self._path)).body[1:]:
            begins = _mistake_call(node)
            if begins is not None:
                if call is not None:
                    yield call, statements
                call, statements = begins, []
            elif call is None and isinstance(node, ast.ImportFrom):
                continue  # `from autograder.checks import change, instead`
            if call is None:
                raise CourseError(
                    f"{self._where}, line {node.lineno}: expected change(...) or @instead(...)."
                )
            if not isinstance(node, ast.Expr):
                statements.append(node)
        if call is not None:
            yield call, statements

    def _mistake(self, call: ast.Call, statements: Sequence[ast.stmt]) -> Variant:
        texts, options = self._arguments(call)
        name = f"{self._check}/{texts[0] if texts else ''}"
        where = f"{self._where}: mistake {name!r}"
        say = _one_line(options.get("say", ""))
        if not say or not texts:
            raise CourseError(f"{where}, line {call.lineno}: it needs a name and a sentence.")
        if _function(call) == "change":
            if statements or len(texts) < 3 or len(texts) % 2 == 0:
                raise CourseError(f"{where}: change takes a name and pairs of old and new text.")
            cells = self._changed(where, texts[1:], options.get("inside", ""))
            names = frozenset(_redefined(self._solution.cells, cells))
        else:
            code = [_without_instead(_text(self._text, node), node) for node in statements]
            cells = _appended(self._solution, code, where)
            names = frozenset(defined_names("\n\n".join(code)))
        return Variant(
            name,
            say,
            tuple(options.get("fails", ())) or (self._check,),
            _one_line(options.get("hint", say) or ""),
            self._path,
            cells,
            names,
        )

    def _arguments(self, call: ast.Call) -> tuple[list[str], dict[str, Any]]:
        try:
            texts = [ast.literal_eval(argument) for argument in call.args]
            options = {str(k.arg): ast.literal_eval(k.value) for k in call.keywords}
        except ValueError as error:
            raise CourseError(
                f"{self._where}, line {call.lineno}: a mistake is read, not run; its arguments are "
                "literals."
            ) from error
        unknown = sorted(set(options) - {"say", "fails", "hint", "inside"})
        if unknown:
            raise CourseError(
                f"{self._where}, line {call.lineno}: unknown argument {unknown[0]!r}. Known: say, "
                "fails, hint, inside."
            )
        return texts, options

    def _changed(self, where: str, texts: Sequence[str], inside: str) -> dict[str, str]:
        """The cells in which these texts are replaced."""
        cells = dict(self._solution.cells)
        wanted = {inside} if inside else self._solution.looks_at[self._check]
        searched = [g for g, code in cells.items() if defined_names(code) & wanted]
        place = f"the definition of {inside}" if inside else "the solution"
        for old, new in zip(texts[::2], texts[1::2], strict=True):
            found = [
                (grade_id, replaced)
                for grade_id in searched
                for replaced in replacements(cells[grade_id], old, new, inside)
            ]
            if len(found) != 1:
                raise CourseError(
                    f"{where}: its text must stand exactly once in {place} in "
                    f"{self._solution.where}; found {len(found)} times: {old.strip()[:60]!r}."
                )
            grade_id, cells[grade_id] = found[0]
        changed = {g: code for g, code in cells.items() if code != self._solution.cells[g]}
        for code in changed.values():
            try:
                parse(code)
            except SyntaxError as error:
                raise CourseError(f"{where}: what comes out is no Python: {error}.") from error
        return changed


def _mistake_call(node: ast.stmt) -> ast.Call | None:
    """The call with which a mistake begins, if this statement begins one."""
    candidates: list[ast.expr] = list(getattr(node, "decorator_list", []))
    if isinstance(node, ast.Expr):
        candidates.append(node.value)
    for candidate in candidates[:1]:
        if isinstance(candidate, ast.Call) and _function(candidate) in ("change", "instead"):
            return candidate
    return None


def _function(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _without_instead(text: str, node: ast.stmt) -> str:
    """A definition's text without the decorator that says what is wrong with it."""
    if _mistake_call(node) is None:
        return text
    decorators = node.decorator_list  # type: ignore[attr-defined]
    following = [d.lineno for d in decorators[1:]] or [node.lineno]
    return "\n".join(text.splitlines()[following[0] - decorators[0].lineno :])


def _redefined(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """The names whose definitions are others."""
    names: set[str] = set()
    for grade_id, code in after.items():
        same = {ast.dump(node) for node in parse(before[grade_id]).body}
        for node in parse(code).body:
            if ast.dump(node) not in same:
                names |= defined_names(ast.unparse(node))
    return names
