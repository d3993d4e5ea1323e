"""One bad line costs nothing but what it truly breaks, and its own error is told.

Right solutions of `a01_layers/convolution`, with a line or a cell more, through the real grader.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from accidents._cells import cell, code, place
from nbformat import NotebookNode

from autograder.grading.grader import Grader, open_grader
from autograder.grading.workplace import Workplace
from autograder.records.results import NotebookRecord
from autograder.report import write_report
from autograder.source.course import find_course
from autograder.source.notebook import read_source

ASSIGNMENT, NOTEBOOK = "a01_layers", "convolution"

ABOVE_THE_IMPORTS = {
    "import os\nos.chdir('/content/drive/MyDrive/cnn')": "FileNotFoundError: [Errno 2]",
    "import tensorflow as tf\ndevice_name = tf.test.gpu_device_name()\n"
    "if device_name != '/device:GPU:0':\n    raise SystemError('GPU device not found')": (
        "SystemError: GPU device not found"
    ),
    "import tensorflow as tf\ngpus = tf.config.list_physical_devices('GPU')\n"
    "tf.config.experimental.set_memory_growth(gpus[0], True)": "IndexError: list index",
    "import json\nwith open('config.json') as f:\n    config = json.load(f)": "'config.json'",
    "import os\nkey = os.environ['WANDB_API_KEY']": "KeyError: 'WANDB_API_KEY'",
    "from urllib.request import urlretrieve\nurlretrieve('https://example.org/utils.py', 'u.py')": (
        "URLError"
    ),
    "import keras\npath = keras.utils.get_file('x.npz', 'https://example.org/x.npz')": (
        "A cell stopped at `path = keras.utils.get_file"
    ),
    "name = input('Your name: ')": "Nobody answers `input()`",
    "import matplotlib.pyplot as plt\nplt.style.use('seaborn-darkgrid')": "OSError",
    "import tensorflow as tf\nassert tf.__version__.startswith('2.15'), tf.__version__": (
        "AssertionError: 2."
    ),
    "from keras.utils import np_utils": "ImportError: cannot import name 'np_utils'",
    "import keras.utils.np_utils": "ModuleNotFoundError: No module named 'keras.utils.np_utils'",
    "from numpy import product, float": "ImportError: cannot import name 'product'",
    "from my_utils import scale": "The package `my_utils` is not installed",
    "raise KeyboardInterrupt": "A cell stopped at `raise KeyboardInterrupt`",
    "import sys\nsys.exit('no GPU')": "SystemExit: no GPU",
    "STOP": "NameError: name 'STOP' is not defined",
    "try:\n    open('x')\nexcept OSError:\n    raise": "FileNotFoundError",
    "%run utils.py": "A cell stopped at `%run utils.py`",
    "!pip install torch\nimport torch": "The package `torch` is not installed",
    "%%time\nopen('x.json')": "A cell stopped at `open('x.json')`",
    "return 5": "SyntaxError: 'return' outside function",
    "x = [": "cannot be read by Python any more (SyntaxError in line 1: '[' was never closed)",
    "print(np.zeros(3))": "NameError: name 'np' is not defined",
    "from course_lib import check, helpers": "ImportError: cannot import name 'helpers'",
}

TAKEN = {
    "np = 6": "np",
    "max = 3": "max",
    "from numpy import *": "max",
    "from keras.ops import *": "slice",
    "for max in range(3): pass": "max",
    "def len(x): return 0": "len",
    "del np": "np",
    "globals()['np'] = None": "np",
}


@pytest.fixture(scope="module")
def grader(repository: Path, workplace: Workplace) -> Iterator[Grader]:
    course = replace(find_course(repository), only=(NOTEBOOK,))
    with open_grader(course, ASSIGNMENT, key=bytes(32), workplace=workplace) as running:
        yield running


@pytest.fixture
def notebook(grader: Grader) -> NotebookNode:
    """A right solution."""
    return read_source(grader.course.source(ASSIGNMENT, NOTEBOOK))


def graded(grader: Grader, folder: Path, notebook: NotebookNode) -> NotebookRecord:
    (folder / f"{NOTEBOOK}.ipynb").write_text(json.dumps(notebook))
    (record,) = grader.grade("ada", folder).record.notebooks
    return record


def lost(record: NotebookRecord) -> list[str]:
    return [check.name for check in record.checks if check.score != check.points]


@pytest.mark.parametrize(("line", "told"), ABOVE_THE_IMPORTS.items())
def test_a_line_above_the_imports_costs_nothing(
    grader: Grader, notebook: NotebookNode, tmp_path: Path, line: str, told: str
) -> None:
    imports = cell(notebook, "code-1")
    imports.source = f"{line}\n{imports.source}"
    record = graded(grader, tmp_path, notebook)
    assert lost(record) == []
    assert any(told in repair for repair in record.repairs), record.repairs


@pytest.mark.parametrize(("line", "name"), TAKEN.items())
def test_a_given_name_that_was_overwritten_is_put_back_and_named(
    grader: Grader, notebook: NotebookNode, tmp_path: Path, line: str, name: str
) -> None:
    if line == "np = 6":  # Among the imports, where released lines below need it.
        cell(notebook, "code-1").source += f"\n{line}\nprint(np.zeros(3))"
    else:
        notebook.cells.insert(place(notebook, "code-1") + 1, code(line))
    record = graded(grader, tmp_path, notebook)
    assert lost(record) == []
    (told,) = (repair for repair in record.repairs if repair.startswith("After "))
    assert f"`{name}`" in told.partition(" did not mean ")[0]
    assert line.partition(":")[0].replace('"', "'") in told


def test_who_overwrites_what_he_does_not_need_hears_nothing(
    grader: Grader, notebook: NotebookNode, tmp_path: Path
) -> None:
    own = "image = None\nid = 4\ninput = [1, 2]\ndef check(*args): pass\nx = y = w = 1"
    notebook.cells.append(code(own))
    notebook.cells.insert(place(notebook, "code-1") + 1, code("list = [3]\ntype = 'same'"))
    record = graded(grader, tmp_path, notebook)
    assert (lost(record), record.repairs) == ([], [])


def test_what_is_written_below_a_line_that_stops_counts(
    grader: Grader, notebook: NotebookNode, tmp_path: Path
) -> None:
    solution = cell(notebook, "pad2d_solution")
    solution.source = f"print(open('notes.txt').read())\n{solution.source}"
    record = graded(grader, tmp_path, notebook)
    assert lost(record) == []
    (told,) = record.repairs
    assert "A cell stopped at `print(open('notes.txt').read())` with FileNotFoundError" in told


def test_what_no_desk_ever_ran_does_not_count_against_anybody(
    grader: Grader, notebook: NotebookNode, tmp_path: Path
) -> None:
    """Below `raise` an old attempt was kept; a helper that is nowhere else is taken."""
    solution = cell(notebook, "pad2d_solution")
    attempt = "def pad2d(*args):\n    return None"
    solution.source += f"\nraise SystemExit('old attempts below')\n{attempt}\nprint('unreached')"
    assert lost(graded(grader, tmp_path, notebook)) == []


def test_the_true_error_is_told_where_a_name_is_missing(
    grader: Grader, notebook: NotebookNode, tmp_path: Path
) -> None:
    notebook.cells.insert(
        place(notebook, "code-1") + 1, code("scale = float(open('scale').read())")
    )
    solution = cell(notebook, "pad2d_solution")
    solution.source = solution.source.replace("### BEGIN SOLUTION", "x = scale * x")
    record = graded(grader, tmp_path, notebook)
    (check,) = (check for check in record.checks if check.name == "pad2d")
    first = check.findings[0].message
    assert first.startswith("The cell that should define `scale` stopped with FileNotFoundError")


def test_what_a_cell_came_with_is_run_if_the_cell_is_cut_off(
    grader: Grader, notebook: NotebookNode, tmp_path: Path
) -> None:
    hurried = grader.under(replace(grader.course.limits, idle_seconds=2))
    imports = cell(notebook, "code-1")
    released = imports.source
    wait = "import time\ntry:\n    time.sleep(600)\nexcept KeyboardInterrupt:\n    {then}"
    for then, told in [("raise", "was interrupted"), ("time.sleep(600)", "ended the notebook")]:
        imports.source = f"{wait.format(then=then)}\n{released}"
        record = graded(hurried, tmp_path, notebook)
        assert lost(record) == []
        assert any(told in repair for repair in record.repairs), record.repairs


def test_the_class_report_tells_of_it(
    grader: Grader, notebook: NotebookNode, tmp_path: Path
) -> None:
    imports = cell(notebook, "code-1")
    imports.source = f"import os\nos.chdir('/content')\n{imports.source}"
    (tmp_path / f"{NOTEBOOK}.ipynb").write_text(json.dumps(notebook))
    record = grader.grade("ada", tmp_path).record
    page = write_report(tmp_path, [record], course_title="Course").read_text()
    assert "1 repair" in page
    assert "No such file or directory: &#x27;/content&#x27;" in page


def test_the_executed_notebook_keeps_the_error(
    grader: Grader, notebook: NotebookNode, tmp_path: Path
) -> None:
    imports = cell(notebook, "code-1")
    imports.source = f"open('config.json')\n{imports.source}"
    (tmp_path / f"{NOTEBOOK}.ipynb").write_text(json.dumps(notebook))
    executed = grader.grade("ada", tmp_path).executed[NOTEBOOK]
    nbformat.validate(executed)
    (error,) = (o for c in executed.cells for o in c.get("outputs", []) if "ename" in o)
    assert error["ename"] == "FileNotFoundError"
