"""Laws of alignment: every check once, below what it checks, and all that the student wrote."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import nbformat
import numpy as np
import pytest
from accidents._cells import CHECKS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode
from safetensors.numpy import save_file

from autograder._exceptions import UnreadableNotebook
from autograder.source.course import find_course
from autograder.source.notebook import is_graded, is_solution, marks, read_source
from autograder.submission.file import SubmittedFile, read_file
from autograder.submission.folder import digests_of, find_notebook, find_weights
from autograder.submission.names import bound_names
from autograder.submission.prohibitions import StudentCode
from autograder.submission.submitted import SubmittedNotebook, aligned
from course_lib.checking.wire import ProtocolError, decode_json

COURSE = find_course(Path(__file__).parents[2])
NOTEBOOKS = [
    (assignment, notebook)
    for assignment in COURSE.assignments()
    for notebook in COURSE.notebooks(assignment)
]
ASSIGNMENT, NOTEBOOK = "a01_layers", "convolution"
RELEASE = nbformat.read(COURSE.released(ASSIGNMENT, NOTEBOOK), as_version=4)
SOLVED = read_source(COURSE.source(ASSIGNMENT, NOTEBOOK))
CHECK_CELLS = [cell for cell in SOLVED.cells if is_graded(cell)]
OTHER_CELLS = [cell for cell in SOLVED.cells if not is_graded(cell)]

law = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def the_file(path: Path) -> SubmittedFile:
    found = read_file(path.parent, path.name)
    assert found is not None
    return found


def read(folder: Path, cells: list[NotebookNode], release: NotebookNode) -> SubmittedNotebook:
    path = folder / "submitted.ipynb"
    path.write_text(json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5}))
    return aligned(the_file(path), release)


def unmarked(cell: NotebookNode) -> NotebookNode:
    return nbformat.from_dict({"cell_type": cell.cell_type, "source": cell.source})


def sources(cells: list[NotebookNode]) -> list[str]:
    return [cell.source for cell in cells if cell.source.strip()]


def assert_every_check_once_below_its_definition(found: SubmittedNotebook) -> None:
    cells = found.notebook.cells
    checks = {marks(cell)["grade_id"]: i for i, cell in enumerate(cells) if is_graded(cell)}
    assert sorted(checks) == sorted(CHECKS)
    assert len([cell for cell in cells if is_graded(cell)]) == len(CHECKS)
    for name, index in checks.items():
        assert cells[index].source == f'check("{name}", {name})'
        above = set().union(
            *(bound_names(c.source) for c in cells[:index] if c.cell_type == "code")
        )
        assert name in above


@pytest.mark.parametrize("keep_marks", [True, False])
@pytest.mark.parametrize(("assignment", "notebook"), NOTEBOOKS)
def test_a_right_notebook_stays_as_it_is(
    tmp_path: Path, assignment: str, notebook: str, keep_marks: bool
) -> None:
    release = nbformat.read(COURSE.released(assignment, notebook), as_version=4)
    solved = read_source(COURSE.source(assignment, notebook)).cells
    found = read(tmp_path, solved if keep_marks else list(map(unmarked, solved)), release)
    assert sources(found.notebook.cells) == sources(solved)
    assert [marks(cell).get("grade_id") for cell in found.notebook.cells] == [
        marks(cell).get("grade_id") for cell in solved
    ]
    assert len(found.repairs) == (0 if keep_marks else 1)


@pytest.mark.parametrize(("assignment", "notebook"), NOTEBOOKS)
def test_without_its_checks_a_right_notebook_gets_them_back_where_they_were(
    tmp_path: Path, assignment: str, notebook: str
) -> None:
    release = nbformat.read(COURSE.released(assignment, notebook), as_version=4)
    solved = read_source(COURSE.source(assignment, notebook))
    code = [cell for cell in solved.cells if cell.cell_type == "code"]
    found = read(tmp_path, [cell for cell in code if not is_graded(cell)], release)
    assert sources(found.notebook.cells) == sources(code)


scattered = st.lists(
    st.tuples(st.sampled_from(CHECKS), st.integers(0, len(OTHER_CELLS))), max_size=20
)


@law
@given(scattered, st.booleans())
def test_wherever_the_checks_stand_each_is_run_once_below_its_definition(
    tmp_path: Path, checks: list[tuple[str, int]], keep_marks: bool
) -> None:
    """Checks are deleted, copied and moved at will."""
    cells = list(OTHER_CELLS)
    for name, place in checks:
        cells.insert(place, CHECK_CELLS[CHECKS.index(name)])
    found = read(tmp_path, cells if keep_marks else list(map(unmarked, cells)), RELEASE)
    assert_every_check_once_below_its_definition(found)
    others = [cell for cell in found.notebook.cells if not is_graded(cell)]
    assert sources(others) == sources(OTHER_CELLS)


@law
@given(st.permutations(range(len(SOLVED.cells))), st.booleans())
def test_in_any_order_of_the_cells_each_check_is_below_its_definition(
    tmp_path: Path, order: list[int], keep_marks: bool
) -> None:
    cells = [SOLVED.cells[index] for index in order]
    found = read(tmp_path, cells if keep_marks else list(map(unmarked, cells)), RELEASE)
    assert_every_check_once_below_its_definition(found)
    assert sorted(sources(found.notebook.cells)) == sorted(sources(SOLVED.cells))


OWN = [nbformat.v4.new_code_cell(text) for text in ("x = [", "%%bash\nls", "np = 1", "!ls")]
wreckage = st.lists(
    st.tuples(
        st.integers(0, len(SOLVED.cells) + len(OWN) - 1),
        st.sampled_from([None, None, None, "code", "markdown", "raw"]),
        st.booleans(),
        st.sampled_from([None, "same", "code-1"]),
    ),
    min_size=1,
    max_size=40,
)


def wreck(index: int, kind: str | None, keep_marks: bool, new_id: str | None) -> NotebookNode:
    """A cell of the right notebook or a stranger's, perhaps of another kind or without marks."""
    cell = nbformat.from_dict([*SOLVED.cells, *OWN][index])
    cell["cell_type"] = kind or cell.cell_type
    cell["id"] = new_id or cell["id"]
    if not keep_marks:
        cell.metadata = {}
    return cell


@law
@given(wreckage)
def test_nothing_is_added_but_what_every_student_was_given(
    tmp_path: Path, parts: list[tuple[int, str | None, bool, str | None]]
) -> None:
    cells = [wreck(*part) for part in parts]
    found = read(tmp_path, cells, RELEASE)
    given = {cell.source for cell in RELEASE.cells if not is_solution(cell)}
    wrote = "\n".join(cell.source for cell in cells)
    for cell in found.notebook.cells:
        assert cell.source in given or cell.source in wrote
    graded = [marks(cell)["grade_id"] for cell in found.notebook.cells if is_graded(cell)]
    assert sorted(graded) == sorted(CHECKS)
    # And nothing that was written is lost, but the copies of checks.
    kept = "\n".join(cell.source for cell in found.notebook.cells)
    for cell in cells:
        assert cell.source in kept
    nbformat.validate(found.notebook)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["cells", "worksheets", "cell_type", "source", "input", "metadata", "nbgrader", "id",
             "grade_id", "nbformat", "outputs"]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=25,
)  # fmt: skip


def assert_read_or_refused(path: Path) -> None:
    try:
        found = aligned(the_file(path), RELEASE)
    except UnreadableNotebook as refused:
        refusal = str(refused)
    else:
        nbformat.validate(found.notebook)
        nbformat.writes(found.notebook).encode()
        return
    assert "not a notebook" in refusal
    assert "Save the notebook in Jupyter" in refusal


@law
@given(json_values)
def test_any_json_is_read_or_refused(tmp_path: Path, tree: object) -> None:
    path = tmp_path / "any.ipynb"
    path.write_text(json.dumps(tree))
    assert_read_or_refused(path)


@law
@given(st.integers(0, 10_000), st.binary(max_size=12))
def test_any_damage_is_read_or_refused(tmp_path: Path, place: int, rubbish: bytes) -> None:
    path = tmp_path / "damaged.ipynb"
    raw = json.dumps(SOLVED).encode()
    place = place * len(raw) // 10_000
    path.write_bytes(raw[:place] + rubbish + raw[place + len(rubbish) :])
    assert_read_or_refused(path)


HIDDEN = "def conv1d_full(x, h):\n    return np.convolve(x, h)"


@pytest.mark.parametrize(
    "source",
    [
        HIDDEN,
        f"%%time\n{HIDDEN}",
        f"!pip install numpy\n{HIDDEN}  # why not?",
        f"np.convolve?\n{HIDDEN}",
        "def conv1d_full(x, h):\n    y = %time np.convolve(x, h)\n    return y",
        "def conv1d_full(x, h):\n    %time y = np.convolve(x, h)\n    return y",
    ],
)
def test_a_magic_hides_no_forbidden_name(tmp_path: Path, source: str) -> None:
    cells = [nbformat.from_dict(cell) for cell in SOLVED.cells]
    (solution,) = (c for c in cells if marks(c).get("grade_id") == "conv1d_full_solution")
    solution.source = source
    found = read(tmp_path, cells, RELEASE)
    assert StudentCode(found.student_cells()).forbidden("conv1d_full", ("numpy.convolve",)) == (
        "numpy.convolve"
    )


def test_too_much_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "large.ipynb"
    path.write_text(json.dumps({"cells": [{"cell_type": "code", "source": ""}] * 2001}))
    with pytest.raises(UnreadableNotebook, match="2001 cells; at most 2000"):
        _ = the_file(path).cells
    path.write_text(json.dumps({"cells": [{"cell_type": "code", "source": "x" * (9 << 20)}]}))
    with pytest.raises(UnreadableNotebook, match="9 MB of code; at most 8"):
        _ = the_file(path).cells


def test_half_a_character_never_comes_out_of_the_sandbox() -> None:
    assert decode_json(b'["\\ud83d", "\\ud83d\\ude42"]') == ["?", "🙂"]
    with pytest.raises(ProtocolError, match="not JSON"):
        decode_json(b'"\xed\xa0\xbd"')


def solved(folder: Path, name: str, last: int | None = None) -> Path:
    """A file with the right notebook, of which only so many cells are filled in."""
    cells = [
        cell if last is None or index < last or not is_solution(cell) else RELEASE.cells[index]
        for index, cell in enumerate(SOLVED.cells)
    ]
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5}))
    return path


def found_in(folder: Path) -> tuple[str, list[str]]:
    found = find_notebook(folder, RELEASE, NOTEBOOK)
    return found.file.name if found.file else "", list(found.repairs)


def test_the_notebook_of_the_right_name_is_taken_without_a_word(tmp_path: Path) -> None:
    solved(tmp_path, "convolution.ipynb")
    (tmp_path / "pooling.ipynb").write_bytes(COURSE.released(ASSIGNMENT, "pooling").read_bytes())
    assert found_in(tmp_path) == ("convolution.ipynb", [])
    (tmp_path / "convolution copy.ipynb").write_bytes((tmp_path / "convolution.ipynb").read_bytes())
    assert found_in(tmp_path) == ("convolution.ipynb", [])


@pytest.mark.parametrize(
    "name",
    [
        "convolution (1).ipynb", "Kopie von convolution.ipynb", "Convolution.IPYNB",
        "homework.ipynb", "convolution.ipynb.txt", "deeper/down/Untitled.ipynb",
        "übung — 卷积.ipynb",
    ],
)  # fmt: skip
def test_a_renamed_notebook_is_found(tmp_path: Path, name: str) -> None:
    solved(tmp_path, name)
    (tmp_path / "pooling.ipynb").write_bytes(COURSE.released(ASSIGNMENT, "pooling").read_bytes())
    assert found_in(tmp_path) == (
        name, [f"{name} was graded, because there is no convolution.ipynb."]
    )  # fmt: skip


def test_what_is_no_notebook_of_this_task_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "convolution-2.ipynb").write_bytes(
        COURSE.released(ASSIGNMENT, "pooling").read_bytes()
    )
    solved(tmp_path, ".ipynb_checkpoints/convolution-checkpoint.ipynb")
    solved(tmp_path, "__MACOSX/convolution.ipynb")
    (tmp_path / "._convolution.ipynb").write_bytes(b"Mac OS X")
    (tmp_path / "elsewhere.ipynb").symlink_to(COURSE.released(ASSIGNMENT, NOTEBOOK))
    assert found_in(tmp_path) == ("", [])


def test_of_two_copies_the_right_name_counts(tmp_path: Path) -> None:
    solved(tmp_path, "convolution.ipynb", last=20)
    solved(tmp_path, "convolution-final.ipynb")
    assert found_in(tmp_path) == (
        "convolution.ipynb",
        ["There is also convolution-final.ipynb. The file named convolution.ipynb was graded, "
         "because that is the name of the notebook."],
    )  # fmt: skip


@pytest.mark.parametrize("content", ["untouched", "empty"])
def test_a_file_without_work_does_not_stand_in_the_way(tmp_path: Path, content: str) -> None:
    solved(tmp_path, "convolution.ipynb", last=0)
    if content == "empty":
        (tmp_path / "convolution.ipynb").write_bytes(b"")
    assert found_in(tmp_path) == ("convolution.ipynb", [])
    solved(tmp_path, "convolution-Copy1.ipynb")
    assert found_in(tmp_path) == (
        "convolution-Copy1.ipynb",
        ["convolution-Copy1.ipynb was graded, because nothing is written in convolution.ipynb."],
    )


def test_of_several_others_the_one_with_most_work_is_taken(tmp_path: Path) -> None:
    solved(tmp_path, "a.ipynb", last=20)
    solved(tmp_path, "b.ipynb")
    solved(tmp_path, "c.ipynb", last=30)
    path, (repair,) = found_in(tmp_path)
    assert path == "b.ipynb"
    assert repair.endswith("Of 3 files like it, this has the most cells with work of yours.")


def test_what_was_read_stays_what_it_is(tmp_path: Path) -> None:
    """A file that is replaced afterwards is scored, and recorded, as what it was."""
    notebook = solved(tmp_path, "convolution.ipynb")
    save_file({"weight_0000": np.ones(3)}, tmp_path / "w.safetensors")
    handed_in = find_notebook(tmp_path, RELEASE, NOTEBOOK)
    weights = find_weights(tmp_path, {"w.safetensors"})
    files = (notebook, tmp_path / "w.safetensors")
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
    notebook.write_text("{}")
    (tmp_path / "w.safetensors").write_bytes(b"x")
    assert handed_in.file is not None
    found = aligned(handed_in.file, RELEASE, weights)
    sources = [cell.source for cell in found.notebook.cells]
    assert all(cell.source in sources for cell in SOLVED.cells if is_solution(cell))
    (scored,) = found.weights_of("w.safetensors", 1 << 20)
    assert np.array_equal(scored, np.ones(3))
    assert [found.digest, digests_of(weights)["w.safetensors"]] == digests


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """Whether it is the file, its folder, or a folder on the way."""
    other, own = tmp_path / "other", tmp_path / "own"
    solved(other / "deep", "convolution.ipynb")
    own.mkdir()
    (own / "convolution.ipynb").symlink_to(other / "deep" / "convolution.ipynb")
    (own / "deep").symlink_to(other / "deep")
    (tmp_path / "link").symlink_to(other)
    assert read_file(other, "deep/convolution.ipynb") is not None
    assert read_file(own, "convolution.ipynb") is None
    assert read_file(own, "deep/convolution.ipynb") is None
    assert read_file(tmp_path / "link", "deep/convolution.ipynb") is None
    assert find_notebook(own, RELEASE, NOTEBOOK).file is None
