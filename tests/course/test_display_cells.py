"""Every figure is drawn, in whatever honest style the networks are written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from keras import backend
from nbclient import NotebookClient
from notebooks import COURSE, every_notebook

from autograder.source.mistakes import read_variant, splice
from autograder.source.notebook import is_display, is_graded, read_source
from course_lib.desk import FOLDED

pytestmark = pytest.mark.filterwarnings("ignore")  # of Jupyter's own event loop

QUICK = {"one_by_one": ("mlpconv_dense",)}


def styles() -> list[object]:
    """The right answers that write a network in another way. Most of them are trained: slow."""
    found = []
    for notebook in every_notebook():
        folder = COURSE.source(notebook.assignment, notebook.name).parent / "answers"
        for path in sorted(folder.glob("*.py")):
            if "keras" in path.read_text(encoding="utf-8"):
                slow = [] if path.stem in QUICK.get(notebook.name, ()) else pytest.mark.slow
                found.append(
                    pytest.param(
                        notebook.assignment,
                        notebook.name,
                        f"answers/{path.stem}",
                        marks=slow,
                        id=f"{notebook.name}/{path.stem}",
                    )
                )
    return found


@pytest.fixture(scope="module")
def kernel() -> Iterator[NotebookClient]:
    """One kernel for all, so that the framework is imported once."""
    manager = AsyncKernelManager(kernel_name="python3")
    yield NotebookClient(nbformat.v4.new_notebook(), manager, timeout=600, allow_errors=True)
    run_sync(manager.shutdown_kernel)(now=True)


@pytest.mark.parametrize(("assignment", "name", "answer"), styles())
def test_every_figure_is_drawn(
    assignment: str, name: str, answer: str, tmp_path: Path, kernel: NotebookClient
) -> None:
    source = read_source(COURSE.source(assignment, name))
    solved = splice(source, read_variant(COURSE, assignment, name, answer))
    begin = nbformat.v4.new_code_cell(f"%cd -q {tmp_path}\n%reset -f")
    cells = [cell for cell in solved.cells if not is_graded(cell)]
    kernel.nb = nbformat.v4.new_notebook(cells=[begin, *cells])
    for cell in filter(is_display, kernel.execute().cells):
        said = "".join(str(output.get("text", "")) for output in cell.outputs)
        assert not any(o["output_type"] == "error" for o in cell.outputs), (cell.source, said)
        assert "This waits for" not in said, (cell.source, said)
        assert "This cannot be drawn" not in said, (cell.source, said)


@pytest.mark.skipif(backend.backend() != "tensorflow", reason="its tensors")
def test_a_figure_has_arrays_from_a_function_that_gives_tensors(kernel: NotebookClient) -> None:
    sources = [
        "%reset -f\nimport course_lib, keras",
        "def ones():\n    return keras.ops.ones(3)\n\n"
        "def both():\n    return [2 * ones().numpy(), ones()]",
        f"{FOLDED}\nprint(ones().max(), sum(part.max() for part in both()))",
        "print(type(ones()).__name__)",
    ]
    kernel.nb = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, sources)))
    *_, figure, after = kernel.execute().cells
    said = [cell.outputs[0].get("text") for cell in (figure, after)]
    assert said == ["1.0 3.0\n", "EagerTensor\n"]
