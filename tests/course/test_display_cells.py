"""Every figure is drawn, in whatever honest style the networks are written."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from keras import backend
from nbclient import NotebookClient
from notebooks import COURSE, Notebook, every_notebook

from autograder.source.mistakes import read_variant, splice
from autograder.source.notebook import is_display, is_graded, is_solution, read_source
from autograder.submission.names import bound_names, used_names
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


def test_a_figure_has_arrays_from_a_function_that_collects_a_list(kernel: NotebookClient) -> None:
    sources = [
        "%reset -f\nimport course_lib\nimport numpy as np",
        "def crops():\n    return [np.ones((2, 2)), np.zeros((2, 2))]\n\n"
        "def both():\n    return [[1, 2], [3, 4]], [np.ones(2), np.ones(3)]",
        f"{FOLDED}\nmatrix, ragged = both()\nprint(crops()[:, 0].sum(), matrix.T, type(ragged))",
        "print(type(crops()).__name__)",
    ]
    kernel.nb = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, sources)))
    *_, figure, after = kernel.execute().cells
    said = [cell.outputs[0].get("text") for cell in (figure, after)]
    assert said == ["2.0 [[1 3]\n [2 4]] <class 'list'>\n", "list\n"]


def test_a_figure_has_a_number_from_a_function_that_gives_a_fraction(
    kernel: NotebookClient,
) -> None:
    """A check takes one, and Python 3.11 cannot write it with four places."""
    sources = [
        "%reset -f\nimport course_lib\nfrom fractions import Fraction",
        "def costs():\n    return {'ratio': Fraction(1, 3), 'both': [Fraction(1, 2), 1]}",
        f"{FOLDED}\nleft = costs()['ratio']\n"
        "print(f'{left:.4f} {1 / left:.1f}', costs()['both'])",
        "print(costs()['ratio'])",
    ]
    kernel.nb = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, sources)))
    *_, figure, after = kernel.execute().cells
    said = ["".join(o.get("text", o.get("evalue", "")) for o in c.outputs) for c in (figure, after)]
    assert said == ["0.3333 3.0 [0.5 1. ]\n", "1/3\n"]


def test_what_a_figure_hands_on_to_a_function_is_what_another_gave(kernel: NotebookClient) -> None:
    """A backward pass takes from the end of the list that the forward pass has collected."""
    sources = [
        "%reset -f\nimport course_lib\nimport numpy as np\nimport tensorflow as tf",
        "def forward():\n    return np.ones(2), [np.zeros(2), np.ones(2)], {'x': tf.ones(2)}\n\n"
        "def backward(dout, outputs, cache):\n"
        "    return float(dout @ outputs.pop()), cache['x'].shape.rank",
        f"{FOLDED}\nout, outputs, cache = forward()\n"
        "print(outputs[:, 0], type(cache['x']).__name__)\n"
        "print(backward(out, outputs, cache))",
    ]
    kernel.nb = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, sources)))
    *_, figure = kernel.execute().cells
    said = "".join(output.get("text", output.get("evalue", "")) for output in figure.outputs)
    assert said == "[0. 1.] ndarray\n(2.0, 1)\n"


@pytest.mark.parametrize("notebook", every_notebook(), ids=lambda notebook: notebook.name)
def test_no_figure_counts_on_a_name_that_a_question_suggests(notebook: Notebook) -> None:
    """Who is asked for `means` likes to call a number so, and that is fine."""
    source = read_source(COURSE.source(notebook.assignment, notebook.name))
    cells = [cell for cell in source.cells if cell.cell_type == "code" and not is_graded(cell)]
    given: set[str] = set()  # What the notebook gave a value so far
    asked: set[str] = set()  # and a student may have given another.
    for cell in cells:
        if is_solution(cell):
            asked |= _keys(cell.source) & given
            continue
        lost = used_names(cell.source) & asked
        assert not lost, (lost, cell.source)
        given |= bound_names(cell.source)
        asked -= bound_names(cell.source)


def _keys(source: str) -> set[str]:
    """The keys of the dictionaries that are an answer."""
    answers = [s.value for s in ast.parse(source).body if isinstance(s, ast.Assign)]
    keys = [key for a in answers for d in ast.walk(a) if isinstance(d, ast.Dict) for key in d.keys]
    return {key.value for key in keys if isinstance(key, ast.Constant)}


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
