"""What a change of a notebook can reach: the checks to ask, and the cells to run for them.

A known mistake changes one definition, and most checks never see it. This module leaves out what
cannot come out otherwise than with the solution. Why nothing slips through:

1. The unit is the whole cell. A cell *uses* every name of the notebook that stands anywhere in it,
   function bodies included, and *binds* every name that it assigns. If a cell is changed, or uses a
   name that is reached, all that it binds is reached: so helpers, given cells, definitions lower
   down and an error half-way through a cell are all followed, without a look at what is called.
2. What is changed in place is followed, too. A cell that *runs* something (anything but imports,
   definitions and plain values), or a check, may change every object that it can get at: the
   shared objects among the names that it uses, directly or through other cells. Names that met in
   one running cell may hold one object, so they count as one group.
3. What has no name is followed as *hidden state*, the random generators: a reached cell that runs
   and depends on a framework may change it for every such cell below, until one sets a seed. A
   check's own verdict does not depend on it: students' random numbers are never those of the
   solution, and a training is judged from a seed that its probe sets.
4. What is asked needs all cells above it that bind what it uses, or may change it, by the same
   rules. Changed cells, and cells that only define, are never left out, so what a task forbids is
   looked for in the same code. Nothing else below the last check that is asked can matter.
5. A setting of a library (a name such as `set_floatx`, an attribute of a module) or a file reaches
   every cell below: cells run in their order, and none sees what a later one does.
6. What is not understood reaches everything: star imports, magics, code that is made of text. Only
   what grading itself leaves out is left out then, cells that only draw.

So a check that is left out has an object made of unchanged code from unreached names, as in the
solution, which has full marks in the same audit. What remains is what processes share: a mistake
that eats the whole time or memory of a notebook can take later checks with it.
`autograder audit --all` runs everything, and `--compare` shows that both agree.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

import nbformat
from nbformat import NotebookNode

from autograder.source.notebook import is_display, is_graded, marks, parse
from autograder.submission.facts import Aliases, aliases_of, facts_of
from autograder.submission.flow import Flow, FlowCell
from autograder.submission.submitted import SubmittedNotebook


@dataclass(frozen=True)
class Reach:
    """What must run.

    Attributes:
        checks: names of the checks to ask.
        cells: ids of the code cells to run, their own included.
    """

    checks: frozenset[str]
    cells: frozenset[str]


def reach_of(
    solution: NotebookNode,
    changed: NotebookNode,
    asked: Collection[str],
    always: Collection[str] = (),
) -> Reach:
    """The checks that a change of the solution can reach, and the cells that they need.

    Args:
        solution: the solved notebook.
        changed: the same notebook with some cells' sources changed.
        asked: checks that may be asked; cells of others are not run.
        always: checks to ask in any case.
    """
    aliases = _aliases((solution, changed))
    cells = _cells(solution, changed, asked, aliases)
    if cells is None:
        return _everything(changed, asked)
    flow = Flow(cells, aliases)
    return Reach(*flow.needed(flow.reached(frozenset(always) & frozenset(asked))))


def trimmed(notebook: NotebookNode, reach: Reach) -> NotebookNode:
    """The notebook with only the code cells that must run."""
    kept: NotebookNode = nbformat.from_dict(notebook)
    kept.cells = [c for c in kept.cells if c.cell_type != "code" or c.get("id") in reach.cells]
    for cell in kept.cells:
        cell.metadata.pop("tags", None)  # A display cell that is kept is run.
    return kept


def _everything(notebook: NotebookNode, asked: Collection[str]) -> Reach:
    undrawn = _undrawn(notebook)
    cells = (
        cell["id"]
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and index not in undrawn
    )
    return Reach(frozenset(asked), frozenset(cells))


def _cells(
    solution: NotebookNode, changed: NotebookNode, asked: Collection[str], aliases: Aliases
) -> list[FlowCell] | None:
    """The cells that would be run; `None` if one is not understood."""
    before = {cell["id"]: cell for cell in solution.cells}
    if before.keys() != {cell["id"] for cell in changed.cells}:
        return None
    undrawn = _undrawn(changed)
    cells = []
    for index, cell in enumerate(changed.cells):
        name = str(marks(cell).get("grade_id", "")) if is_graded(cell) else ""
        if cell.cell_type != "code" or index in undrawn or (name and name not in asked):
            continue
        old = before[cell["id"]].source
        facts = facts_of(cell.source, aliases)
        if facts is None:
            return None
        differs = old != cell.source and _meaning(old) != _meaning(cell.source)
        if differs:
            facts_before = facts_of(old, aliases)
            if facts_before is None:
                return None
            facts = facts.joined(facts_before)
        cells.append(FlowCell(cell["id"], name, differs, facts))
    return cells


def _aliases(notebooks: Collection[NotebookNode]) -> Aliases:
    found: set[tuple[str, str]] = set()
    for notebook in notebooks:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                found |= aliases_of(cell.source)
    return frozenset(found)


def _undrawn(notebook: NotebookNode) -> set[int]:
    """The cells that only draw, which grading does not run."""
    shown: NotebookNode = nbformat.from_dict(notebook)
    for cell in shown.cells:
        cell.metadata["display"] = is_display(cell)
    return SubmittedNotebook(shown, "").undrawn()


@lru_cache(maxsize=1024)
def _meaning(source: str) -> str:
    """A cell's syntax tree as text, without comments and docstrings."""
    tree = copy.deepcopy(parse(source))
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                node.body[0] = ast.Pass()
    return ast.dump(tree)
