"""Every notebook as Jupyter runs it: as solved, and as released."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from notebooks import COURSE, every_notebook

from autograder.source.notebook import is_display, is_graded, is_solution, read_source

NOTEBOOKS = [(notebook.assignment, notebook.name) for notebook in every_notebook()]
# The others are run in a kernel of their own by `make test-slow`; and in the sandbox by the audit,
# as solved and as released. As released they share a kernel here.
QUICK = ("convolution", "one_by_one")
IN_ITS_OWN_KERNEL = [
    pytest.param(a, n, marks=[] if n in QUICK else pytest.mark.slow) for a, n in NOTEBOOKS
]

pytestmark = pytest.mark.filterwarnings("ignore")  # of Jupyter's own event loop


# What the figures of an unsolved notebook train is looked at as solved; here a step is enough.
BRIEFLY = """
import keras
if keras.Model.fit.__name__ != "briefly":
    def briefly(self, *args, fit=keras.Model.fit, **options):
        return fit(self, *args, **options | {"steps_per_epoch": 1})
    keras.Model.fit = briefly
"""


def run(notebook: nbformat.NotebookNode, folder: Path, allow_errors: bool) -> nbformat.NotebookNode:
    NotebookClient(notebook, timeout=300, kernel_name="python3", allow_errors=allow_errors).execute(
        cwd=str(folder)
    )
    return notebook


@pytest.fixture(scope="module")
def shared() -> Iterator[NotebookClient]:
    """A kernel for one notebook after the other, so that the framework is imported once."""
    manager = AsyncKernelManager(kernel_name="python3")
    yield NotebookClient(nbformat.v4.new_notebook(), manager, timeout=300, allow_errors=True)
    run_sync(manager.shutdown_kernel)(now=True)


def errors(cell: nbformat.NotebookNode) -> list[str]:
    return [o["ename"] for o in cell.get("outputs", []) if o["output_type"] == "error"]


@pytest.mark.parametrize(("assignment", "name"), IN_ITS_OWN_KERNEL)
def test_as_solved_every_cell_runs_and_every_check_passes(
    assignment: str, name: str, tmp_path: Path
) -> None:
    notebook = run(read_source(COURSE.source(assignment, name)), tmp_path, allow_errors=False)
    cards = [
        output["data"]["text/html"]
        for cell in notebook.cells
        if is_graded(cell)
        for output in cell.outputs
        # A check that trains shows its progress above the card.
        if "public cases right" in output.get("data", {}).get("text/html", "")
    ]
    assert len(cards) == sum(map(is_graded, notebook.cells))
    assert all(">Passed</b>" in card for card in cards)
    pictures = [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert len(pictures) >= 2


def as_released(assignment: str, name: str) -> nbformat.NotebookNode:
    released = nbformat.read(COURSE.released(assignment, name), as_version=4)
    nbformat.validate(released)
    assert all(not cell.get("outputs") for cell in released.cells)
    assert any("YOUR CODE HERE" in cell.source for cell in released.cells if is_solution(cell))
    require_folded_figures(released)
    return released


def require_that_every_check_fails(ran: nbformat.NotebookNode) -> None:
    """In one line each; nothing else fails, and nobody else has a word on standard error."""
    for cell in ran.cells:
        outputs = cell.get("outputs", [])
        assert not any(o.get("name") == "stderr" for o in outputs), (cell.source, outputs)
        failed = [o for o in outputs if o["output_type"] == "error"]
        assert len(failed) == is_graded(cell), (cell.source, failed)
        for output in failed:
            assert output["ename"] in ("CheckFailed", "NameError"), cell.source
            assert len(output["traceback"]) == 1, output


def require_folded_figures(released: nbformat.NotebookNode) -> None:
    for cell in released.cells:
        folded = bool(cell.metadata.get("jupyter", {}).get("source_hidden"))
        assert folded == (cell.metadata.get("cellView") == "form") == is_display(cell)
        assert folded == cell.source.startswith("# @title "), cell.source
        assert "fmt: skip" not in cell.source


@pytest.mark.parametrize(("assignment", "name"), [x for x in NOTEBOOKS if x[1] not in QUICK])
def test_as_released_every_check_says_what_is_to_be_done(
    assignment: str, name: str, tmp_path: Path, shared: NotebookClient
) -> None:
    released = as_released(assignment, name)
    begin = nbformat.v4.new_code_cell(f"%cd -q {tmp_path}\n%reset -f")
    first = next(i for i, cell in enumerate(released.cells) if cell.cell_type == "code")
    released.cells.insert(first + 1, nbformat.v4.new_code_cell(BRIEFLY))
    shared.nb = nbformat.v4.new_notebook(cells=[begin, *released.cells])
    require_that_every_check_fails(shared.execute())
    assert not errors(begin)


@pytest.mark.parametrize(("assignment", "name"), IN_ITS_OWN_KERNEL)
def test_as_released_it_needs_nothing_of_another(
    assignment: str, name: str, tmp_path: Path
) -> None:
    # As "Run all" does: what fails does not stop the rest.
    require_that_every_check_fails(run(as_released(assignment, name), tmp_path, allow_errors=False))


@pytest.mark.parametrize(("assignment", "name"), NOTEBOOKS)
def test_it_says_what_it_must(assignment: str, name: str) -> None:
    """At least eight points' worth of checks, a title, and prose around every solution cell."""
    cells = read_source(COURSE.source(assignment, name)).cells
    assert cells[0].cell_type == "markdown"
    assert cells[0].source.startswith("# ")
    assert sum(map(is_graded, cells)) >= 6
    for index, cell in enumerate(cells):
        if is_solution(cell):
            assert any(c.cell_type == "markdown" for c in cells[max(0, index - 3) : index])
