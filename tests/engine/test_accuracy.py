"""Accuracy as a measurement: the bound, repeated runs, weights handed in, the device lane."""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from courses import learner
from hypothesis import given, settings
from hypothesis import strategies as st
from nbclient import NotebookClient

from autograder._exceptions import AutograderError, CourseError
from autograder.checks.calibration import ALPHA, Calibration, Run, read_calibration
from autograder.grading.device import Accelerator, Lane, choose_lane, find_accelerators
from autograder.grading.grade import grade
from autograder.grading.grader import Grader, open_grader
from autograder.grading.jobs import Options
from autograder.grading.workplace import Workplace
from autograder.proof.audit import audit
from autograder.proof.calibrate import calibrate, experiments
from autograder.records.results import CheckRecord, Verdict
from autograder.sandbox import namespaces_problem
from autograder.source.course import Course, find_course
from autograder.source.notebook import marks, read_source
from autograder.source.reference import Reference
from course_lib import data, training
from course_lib.checking.trials import wilson_interval

ISOLATION = "none" if namespaces_problem() else "namespaces"
ASSIGNMENT = "a00_learner"


def share(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def calibration(right: list[float], wrong: list[float]) -> Calibration:
    runs = [Run("solution", seed, a, a, 1.0) for seed, a in enumerate(right)]
    runs += [Run("learned/one", seed, a, a, 1.0) for seed, a in enumerate(wrong)]
    return Calibration("c", "cpu", tuple(runs), {"test": 10_000, "validation": 10_000})


def test_a_right_solution_fails_as_seldom_as_stated() -> None:
    """Calibrations of known distributions: the confidence holds, and the bound is not timid."""
    random = np.random.default_rng(7)
    centre, spread, kept = 3.0, 0.2, []
    for _ in range(300):
        found = calibration([share(x) for x in random.normal(centre, spread, 20)], [0.1])
        below = (math.log(found.bound() / (1 - found.bound())) - centre) / spread
        single = 0.5 * math.erfc(-below / math.sqrt(2))
        kept.append(single**3)
    # 95 % of the calibrations keep the promise: binomial, four standard deviations for 300.
    assert np.mean(np.array(kept) <= ALPHA) >= 0.95 - 4 * math.sqrt(0.95 * 0.05 / 300)
    assert np.median(kept) > ALPHA / 1000


@given(st.lists(st.floats(0.5, 0.99), min_size=5, max_size=30), st.floats(0.001, 0.2))
@settings(max_examples=30, deadline=None)
def test_more_runs_allow_a_higher_bound_and_hopeless_is_below_it(
    right: list[float], shift: float
) -> None:
    found = calibration(right, [0.1])
    assert found.hopeless() <= found.bound(runs=1) <= found.bound(runs=2) <= found.bound(runs=3)
    better = calibration([min(0.999, a + shift * (1 - a)) for a in right], [0.1])
    assert better.bound() >= found.bound() or min(right) < 0.01


def test_a_bound_that_separates_nothing_is_refused() -> None:
    right = [0.93, 0.94, 0.95, 0.94, 0.93, 0.95]
    calibration(right, [0.5, 0.55, 0.6]).require_separation()
    with pytest.raises(CourseError, match="learned/one fails only"):
        calibration(right, [0.92, 0.94, 0.95]).require_separation()
    with pytest.raises(CourseError, match="no wrong solution"):
        calibration(right, []).require_separation()


def test_the_interval_of_a_share() -> None:
    """Wilson's interval for 50 of 100, and at the ends (Agresti & Coull 1998, table)."""
    assert wilson_interval(0.5, 100) == pytest.approx((0.4038, 0.5962), abs=1e-4)
    assert wilson_interval(0.0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson_interval(1.0, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return learner.make_course(tmp_path_factory.mktemp("learner"))


@pytest.fixture(scope="module")
def grader(course: Course, workplace: Workplace) -> Iterator[Grader]:
    with open_grader(course, ASSIGNMENT, key=bytes(32), workplace=workplace) as made:
        yield made


def checks(grader: Grader, folder: Path) -> dict[str, CheckRecord]:
    return {check.name: check for check in grader.grade("student", folder).record.checks}


def learned(grader: Grader, course: Course, tmp_path: Path, learn: str | None) -> CheckRecord:
    return checks(grader, learner.hand_in(course, tmp_path, "student", learn))["learned"]


def test_what_is_calibrated_is_kept_and_told(course: Course) -> None:
    found = read_calibration(course.calibration(ASSIGNMENT, "learner"), "learned")
    assert found.variants == ["solution", "learned/untrained"]
    assert len(found.runs) == 2 * learner.SEEDS
    assert found.machine is not None
    assert found.machine["keras"]
    figure = course.folder(ASSIGNMENT, "learner") / "calibration_learned_cpu.svg"
    assert figure.read_text().startswith("<?xml")
    released = course.released(ASSIGNMENT, "learner").read_text()
    assert f"{found.bound():.1%} is enough" in released


def test_a_right_training_passes_in_one_run(grader: Grader, course: Course, tmp_path: Path) -> None:
    found = learned(grader, course, tmp_path, None)
    assert (found.verdict, found.score, len(found.trials)) == (Verdict.PASSED, 3, 1)
    (trial,) = found.trials
    assert found.bound is not None
    assert trial.accuracy is not None
    assert trial.low < trial.accuracy < trial.high
    assert trial.accuracy >= found.bound


@pytest.mark.filterwarnings("ignore")  # of Jupyter's own event loop
def test_a_right_training_passes_at_the_desk(course: Course) -> None:
    """In Jupyter, by the public cases; what shows how it goes stands above the card."""
    source = read_source(course.source(ASSIGNMENT, learner.NOTEBOOK))
    names = [marks(cell).get("grade_id") for cell in source.cells]
    source.cells = source.cells[: names.index("learned") + 1]
    at = course.released(ASSIGNMENT, learner.NOTEBOOK).parent
    NotebookClient(source, timeout=300, kernel_name="python3").execute(cwd=str(at))
    shown = [output.get("data", {}).get("text/html", "") for output in source.cells[-1].outputs]
    assert ">Passed</b>" in shown[-1]
    assert "public cases right" in shown[-1]


LIES = {
    "an untrained network": learner.UNTRAINED,
    "a history of its own": "class Liar:\n    history = {'accuracy': [1.0]}\n    accuracy = 1.0\n"
    "    def predict(self, images, **_): return np.zeros((len(images), 10))\n"
    "import numpy as np\ndef learn(*args, **kwargs): return Liar()",
    "scores that are no numbers": "import numpy as np\n"
    "def learn(*args, **kwargs): return lambda images: np.full((len(images), 10), np.nan)",
    "the labels it was given": "def learn(images, labels, **_): return lambda unseen: labels",
}


@pytest.mark.parametrize("lie", LIES)
def test_nothing_but_predictions_counts(
    grader: Grader, course: Course, tmp_path: Path, lie: str
) -> None:
    found = learned(grader, course, tmp_path, LIES[lie])
    assert found.score == 0
    assert len(found.trials) == 1, "hopeless: not repeated"


BESIDE = """
import numpy as np
from sklearn.svm import SVC
def learn(images, labels, seed=0, epochs=2):
    model = network()
    model.compile(
        keras.optimizers.Adam(0.01),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    model.fit(images, labels, epochs=epochs, verbose=0)
    machine = SVC().fit(images.reshape(len(images), -1), labels)
    def score(unseen):
        beside = machine.decision_function(unseen.reshape(len(unseen), -1))
        return {weight} * beside + np.asarray(model(unseen))
    return score
"""


def test_the_network_of_the_task_gives_the_scores(
    grader: Grader, course: Course, tmp_path: Path
) -> None:
    """What is right and wrong in every style: `test_by_network`."""
    found = learned(grader, course, tmp_path, BESIDE.format(weight=1))
    assert (found.score, len(found.trials)) == (0, 1)
    assert "With all weights of your network at 0" in found.findings[0].message
    assert learned(grader, course, tmp_path, BESIDE.format(weight=0)).score == 3


# Half of the seeds end a little below the bound: the labels of some digits are exchanged.
DOUBTFUL = """
calls = []
def learn(images, labels, seed=0, epochs=2):
    calls.append(seed)
    model = network()
    model.compile(
        keras.optimizers.Adam(0.01),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    model.fit(images, labels, epochs=epochs, verbose=0)
    {wait}
    def score(unseen):
        scores = model.predict(unseen, verbose=0)
        if len(calls) < {good}:
            scores[: int({spoilt} * len(scores))] = 0
        return scores
    return score
"""


def doubtful(course: Course, good: int, wait: str = "") -> str:
    """Ends between hopeless and the bound until the run number `good`."""
    found = read_calibration(course.calibration(ASSIGNMENT, "learner"), "learned")
    usual = float(np.mean(found.accuracies("solution")))
    middle = (found.hopeless() + found.bound()) / 2
    spoilt = (usual - middle) / (usual - 0.1)
    return DOUBTFUL.format(wait=wait, good=good, spoilt=round(spoilt, 3))


def test_a_run_in_doubt_is_repeated(grader: Grader, course: Course, tmp_path: Path) -> None:
    found = learned(grader, course, tmp_path, doubtful(course, good=2))
    assert (found.verdict, len(found.trials)) == (Verdict.PASSED, 2)
    first, second = found.trials
    assert second.seed != first.seed
    found = learned(grader, course, tmp_path, doubtful(course, good=99))
    assert (found.verdict, found.score, len(found.trials)) == (Verdict.FAILED, 0, 3)
    assert "run 3" in found.findings[0].details


def test_no_time_to_repeat_is_nobodys_zero(grader: Grader, course: Course, tmp_path: Path) -> None:
    waiting = doubtful(course, 99, "import time; time.sleep(60 if len(calls) > 1 else 0)")
    hurried = grader.under(replace(course.limits, idle_seconds=5))
    found = learned(hurried, course, tmp_path, waiting)
    assert (found.verdict, found.score) == (Verdict.UNGRADED, None)


def test_weights_that_were_handed_in(grader: Grader, course: Course, tmp_path: Path) -> None:
    folder = learner.hand_in(course, tmp_path, "student")
    found = checks(grader, folder)["handed_in"]
    assert found.score == 0
    assert "digits.safetensors was not handed in" in found.findings[0].message

    cells = read_source(course.source(ASSIGNMENT, learner.NOTEBOOK))
    namespace = Reference(cells, learner.NOTEBOOK).namespace
    digits = data.load("digits")
    training.set_seed(3)
    model = namespace.learn(digits.train.images, digits.train.labels, epochs=4)
    training.save_weights(model, folder / "digits.safetensors")
    found = checks(grader, folder)["handed_in"]
    assert (found.verdict, found.score, len(found.trials)) == (Verdict.PASSED, 2, 1)

    narrow = namespace.network(units=9)
    training.save_weights(narrow, folder / "digits.safetensors")
    found = checks(grader, folder)["handed_in"]
    assert found.score == 0
    assert "written for another network" in found.findings[0].message

    (folder / "digits.safetensors").write_bytes(b"\x80\x04 not tensors")
    found = checks(grader, folder)["handed_in"]
    assert found.score == 0
    assert "is no file of training.save_weights" in found.findings[0].message

    (folder / "digits.safetensors").write_bytes(bytes(3 << 20))
    assert "at most 1 MB" in checks(grader, folder)["handed_in"].findings[0].message

    (folder / "digits.safetensors").unlink()
    (folder / "digits.safetensors").symlink_to("/etc/passwd")
    assert "was not handed in" in checks(grader, folder)["handed_in"].findings[0].message


def test_other_weights_are_graded_again(
    course: Course, workplace: Workplace, tmp_path: Path
) -> None:
    folder = learner.hand_in(course, tmp_path / "submitted", "ada")
    options = Options(workplace=workplace, workers=1)
    out = tmp_path / "out"
    assert grade(course, ASSIGNMENT, tmp_path / "submitted", out, options).graded == ["ada"]
    assert grade(course, ASSIGNMENT, tmp_path / "submitted", out, options).graded == []
    page = (out / "feedback" / "ada" / ASSIGNMENT / "learner.html").read_text()
    assert "Trained once" in page
    assert "% is enough" in page
    (folder / "digits.safetensors").write_bytes(b"x")
    assert grade(course, ASSIGNMENT, tmp_path / "submitted", out, options).graded == ["ada"]


@pytest.mark.slow
def test_a_training_ends_the_same_beside_others(
    course: Course, workplace: Workplace, tmp_path: Path
) -> None:
    """Every digit of the accuracy, with one, two and four submissions side by side."""
    for student in ("ada", "bob", "cid", "dan"):
        learner.hand_in(course, tmp_path / "submitted", student)
    reached = set()
    for workers in (1, 2, 4):
        run = grade(
            course,
            ASSIGNMENT,
            tmp_path / "submitted",
            tmp_path / "out",
            Options(workplace=workplace, workers=workers, regrade=True),
        )
        reached |= {r.checks[0].trials[0].accuracy for r in run.records}
    assert len(reached) == 1


@pytest.fixture(scope="module")
def place_with_a_lane(course: Course) -> Iterator[Workplace]:
    with Workplace(course, [ASSIGNMENT], ISOLATION, lane=True) as running:
        yield running


def test_the_lane_of_fresh_processes_gives_the_same_scores(
    course: Course, place_with_a_lane: Workplace, tmp_path: Path
) -> None:
    """Without a GPU the same lane runs on the processor."""
    with open_grader(
        course, ASSIGNMENT, key=bytes(32), lane=Lane([]), workplace=place_with_a_lane
    ) as grader:
        right = learner.hand_in(course, tmp_path, "ada")
        record = grader.grade("ada", right).record
        assert record.device == "cpu"
        assert [check.score for check in record.checks] == [3, 0]
        wrong = learner.hand_in(course, tmp_path, "bob", LIES["a history of its own"])
        assert [check.score for check in grader.grade("bob", wrong).record.checks] == [0, 0]


# Right only with the budget of the GPU, or only with that of the processor.
ONLY_WITH = """
def learn(images, labels, seed=0, epochs=2):
    model = network()
    model.compile(
        keras.optimizers.Adam(0.01),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    if epochs == {epochs}:
        model.fit(images, labels, epochs=epochs, verbose=0)
    return model
"""


def on_the_lane_of_the_gpu(
    course: Course, place: Workplace, tmp_path: Path, *epochs: int
) -> tuple[list[CheckRecord], str]:
    """Trainings that are right with so many epochs only, and what the record says."""
    found = []
    lane = Lane([], budget="gpu")
    with open_grader(course, ASSIGNMENT, key=bytes(32), lane=lane, workplace=place) as grader:
        for number in epochs:
            folder = learner.hand_in(course, tmp_path, "ada", ONLY_WITH.format(epochs=number))
            record = grader.grade("ada", folder).record
            found.append(record.checks[0])
    return found, record.device


def test_each_device_has_a_budget_and_a_calibration(
    course: Course, workplace: Workplace, place_with_a_lane: Workplace, tmp_path: Path
) -> None:
    """The GPU's budget on the processor: the same code, and nothing claims that it was a GPU."""
    file = course.calibration(ASSIGNMENT, "learner")
    on_cpu = read_calibration(file, "learned")
    (two,), device = on_the_lane_of_the_gpu(course, place_with_a_lane, tmp_path, 2)
    assert two.score == 3, "not calibrated for the GPU: the processor's budget"
    assert two.bound == on_cpu.bound()
    assert device == "cpu; learned: epochs=2, calibrated for the cpu"

    (experiment,) = experiments(course, ASSIGNMENT)
    calibrate(experiment, seeds=learner.SEEDS, device="gpu")
    on_gpu = read_calibration(file, "learned", "gpu")
    assert read_calibration(file, "learned") == on_cpu
    assert on_gpu.digests != on_cpu.digests, "another budget"
    assert on_gpu.bound() > on_cpu.bound()
    assert on_gpu.machine is not None
    if not find_accelerators():
        assert on_gpu.machine["device"] == "no accelerator"

    (two, six), device = on_the_lane_of_the_gpu(course, place_with_a_lane, tmp_path, 2, 6)
    assert (two.score, six.score) == (0, 3)
    assert six.bound == on_gpu.bound()
    assert f"{on_gpu.bound():.1%}" in two.findings[0].hint
    assert "runs for the gpu" in two.findings[0].hint
    assert device == "cpu; learned: epochs=6, calibrated for the gpu"

    with open_grader(course, ASSIGNMENT, key=bytes(32), workplace=workplace) as grader:
        found = learned(grader, course, tmp_path, ONLY_WITH.format(epochs=2))
        assert (found.score, found.bound) == (3, on_cpu.bound())


def test_a_lane_has_the_budget_of_a_device() -> None:
    assert Lane([]).budget == "cpu"
    assert Lane([Accelerator(0, "NVIDIA A10G", "570", 23_028)]).budget == "gpu"
    with pytest.raises(ValueError, match='must be "cpu" or "gpu"'):
        Lane([], budget="tpu")


@pytest.mark.skipif(bool(find_accelerators()), reason="this machine has a GPU")
def test_a_gpu_that_is_not_there() -> None:
    assert choose_lane("auto") is None
    assert choose_lane("cpu") is None
    with pytest.raises(AutograderError, match="no NVIDIA GPU"):
        choose_lane("gpu")


def test_the_audit_trains_and_hands_in_the_files_of_a_variant_or_else_the_solution(
    course: Course, tmp_path: Path
) -> None:
    course = find_course(shutil.copytree(course.root, tmp_path / "course"))
    folder = course.folder(ASSIGNMENT, "learner")
    (folder / "mistakes" / "handed_in.py").write_text(
        '"""Mistakes in `handed_in`."""\n\n\n'
        '@instead("narrow", say="Weights of another network.", hint=None)\n'
        "def learn(images, labels, seed=0, epochs=2):\n    return network()\n"
    )
    found = Reference(read_source(folder / "notebook.py"), "learner").namespace
    digits = data.load("digits").train
    beside = folder / "files"
    (beside / "handed_in" / "narrow").mkdir(parents=True)
    training.set_seed(0)
    learned = found.learn(digits.images, digits.labels, epochs=4)
    training.save_weights(learned, beside / "digits.safetensors")
    training.save_weights(
        found.network(units=9), beside / "handed_in" / "narrow" / "digits.safetensors"
    )

    entries = {entry.name: entry for entry in audit(course, [ASSIGNMENT], isolation=ISOLATION)}
    assert all(entry.right for entry in entries.values()), entries
    assert entries["solution"].score == 5
    assert entries["release"].score == 0
    assert entries["handed_in/narrow"].lost == ("handed_in",)
    untrained = entries["learned/untrained"]
    assert (untrained.lost, untrained.points) == (("learned",), 3)
