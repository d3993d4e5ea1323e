"""Submissions on a GPU: right and wrong, many, and greedy ones; steps of `gpu_lane.py`."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import nbformat

from autograder.grading.device import Lane, find_accelerators
from autograder.grading.grader import Grader, open_grader
from autograder.grading.workplace import Workplace
from autograder.source.course import Course, find_course
from autograder.source.mistakes import read_variant, splice
from autograder.source.notebook import read_source

# The notebooks that train: the assignment, the check that trains, and mistakes that lose it.
NOTEBOOKS = {
    "lenet": ("a05_classics", "lenet5_trained", "one_epoch", "learning_rate"),
    "resnet": ("a06_deeper", "resnet_trained", "one_epoch", "shuffled_apart"),
    "transfer": ("a08_transfer", "transfer_gain", "transfer_head_untrained",
                 "transfer_from_scratch"),
}  # fmt: skip

Result = tuple[dict[str, Any], str]  # What became of it, in short and in full.

TAKES_ITS_SHARE = """
def train_lenet5(images, labels, seed=0, epochs=10, validation=None, c3=None):
    import jax.numpy as jnp

    kept = []
    while True:
        kept.append((jnp.zeros((1 << 28,), jnp.float32) + len(kept)).block_until_ready())
"""

# Past the framework, whose cap is a courtesy: the driver gives what there is.
TAKES_EVERYTHING = """
def train_lenet5(images, labels, seed=0, epochs=10, validation=None, c3=None):
    import ctypes, time

    cuda = ctypes.CDLL("libcuda.so.1")
    context, device = ctypes.c_void_p(), ctypes.c_int()
    cuda.cuInit(0)
    cuda.cuDeviceGet(ctypes.byref(device), 0)
    cuda.cuDevicePrimaryCtxRetain(ctypes.byref(context), device)
    cuda.cuCtxSetCurrent(context)
    size, taken = 1 << 34, 0
    while size >= 1 << 20:
        pointer = ctypes.c_uint64()
        if cuda.cuMemAlloc_v2(ctypes.byref(pointer), ctypes.c_size_t(size)):
            size >>= 1
        else:
            taken += size
    time.sleep(45)
    raise MemoryError(f"took {taken >> 20} MiB past its share")
"""


@dataclass(frozen=True)
class Class:
    """The submissions of one notebook, and a grader for them."""

    name: str
    grader: Grader
    folder: Path

    @property
    def wrong(self) -> tuple[str, ...]:
        """Names of mistakes that lose the check that trains."""
        _, check, *mistakes = NOTEBOOKS[self.name]
        return tuple(f"{check}/{mistake}" for mistake in mistakes)

    def hand_in(self, student: str, variant: str = "", overrides: str = "") -> Path:
        """Write a submission: the solution, with a variant of it and definitions after that."""
        course, assignment = self.grader.course, self.grader.assignment
        notebook = read_source(course.source(assignment, self.name))
        if variant:
            found = read_variant(course, assignment, self.name, variant)
            cells = {grade_id: code + overrides for grade_id, code in found.cells.items()}
            notebook = splice(notebook, replace(found, cells=cells))
        folder = self.folder / student / assignment
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{self.name}.ipynb")
        for file in course.files(assignment, self.name, variant or "solution").values():
            shutil.copy(file, folder)
        return folder

    def grade(self, student: str, folder: Path, everything: bool = False) -> dict[str, Any]:
        """Grade all checks, or only the one that trains; what became of it."""
        plan, check = self.grader.plan.notebooks[0], NOTEBOOKS[self.name][1]
        started = time.monotonic()
        if not everything:
            plan = replace(plan, checks={check: plan.checks[check]})
        record = self.grader.grade_notebook(plan, folder / f"{self.name}.ipynb").record
        trained = next(found for found in record.checks if found.name == check)
        found: dict[str, Any] = {
            "notebook": self.name, "student": student, "verdict": str(trained.verdict.value),
            "score": trained.score, "points": trained.points, "bound": trained.bound,
            "trials": [(t.accuracy, round(t.seconds, 1)) for t in trained.trials],
            "training": round(trained.seconds, 1), "wall": round(time.monotonic() - started, 1),
            "cpu": round(record.cpu_seconds, 1),
        }  # fmt: skip
        if trained.findings:
            found["finding"] = trained.findings[0].message[:300]
        if record.problem or record.repairs:
            found["told"] = [record.problem, *record.repairs][:4]
        if everything:
            found["others"] = {
                c.name: c.findings[0].message[:300] if c.findings else str(c.verdict.value)
                for c in record.checks
                if c.score != c.points
            }
            found["all"] = [sum(c.score or 0 for c in record.checks), plan.points]
            found["slowest"] = sorted((round(c.seconds, 1), c.name) for c in record.checks)[-4:]
        return found

    def grade_right_and_wrong(self, prefix: str) -> list[Callable[[], dict[str, Any]]]:
        """The solution, and each mistake: as jobs."""
        # All of the checks of one notebook suffice: they are the same code on every device.
        jobs = [("", self.name == "lenet"), *((mistake, False) for mistake in self.wrong)]
        return [
            partial(
                self.grade,
                variant or "right",
                self.hand_in(f"{prefix}-{Path(variant).name}", variant),
                everything,
            )
            for variant, everything in jobs
        ]


@dataclass(frozen=True)
class Room:
    """One sandbox for the submissions of some notebooks, whatever the slots.

    Attributes:
        course: reduced to these notebooks.
        workplace: the sandbox.
        folder: where submissions are written.
    """

    course: Course
    workplace: Workplace
    folder: Path

    @contextmanager
    def open_class(self, name: str, slots: int = 0) -> Iterator[Class]:
        """A grader of one notebook, with so many slots on the GPU; without any, no lane."""
        lane = Lane(find_accelerators(), slots, budget="gpu") if slots else None
        with open_grader(
            self.course, NOTEBOOKS[name][0], key=bytes(32), lane=lane, workplace=self.workplace
        ) as grader:
            yield Class(name, grader, self.folder)


@contextmanager
def open_room(
    notebooks: Sequence[str], isolation: str, memory_mb: int = 0, lane: bool = True
) -> Iterator[Room]:
    """The sandbox for submissions of these notebooks.

    Args:
        notebooks: which.
        isolation: how submissions are isolated.
        memory_mb: what one may have of the machine's memory; 0 is what the course says.
        lane: whether they train on the GPU.
    """
    course = find_course(Path(__file__).parent)
    # Compiling takes longer than the limits were made for where many notebooks run at once.
    limits = replace(course.limits, cell_seconds=120, check_seconds=120, submission_seconds=240)
    limits = replace(limits, memory_mb=memory_mb or limits.memory_mb)
    course = replace(course, only=tuple(notebooks), limits=limits)
    assignments = [NOTEBOOKS[name][0] for name in notebooks]
    with (
        tempfile.TemporaryDirectory(prefix="submitted-") as folder,
        Workplace(course, assignments, isolation, lane=lane) as workplace,
    ):
        yield Room(course, workplace, Path(folder))


def right_and_wrong(room: Room, slots: int = 0) -> Result:
    """Everything at once, each notebook in slots of its own; on the processor without slots."""
    with ExitStack() as stack, Watch() as watch:
        classes = [stack.enter_context(room.open_class(name, slots)) for name in room.course.only]
        jobs = [job for each in classes for job in each.grade_right_and_wrong(f"{slots}-slots")]
        found = side_by_side(jobs)
    device = Lane(find_accelerators() if slots else []).name
    return {"device": device, **watch.seen, "graded": found}, told(found)


def many_beside(room: Room, most_slots: int) -> Iterator[Result]:
    """One, two, four, eight in as many slots; the last as an hour's rate."""
    for slots in (1, 2, 4, 8):
        if slots > most_slots:
            break
        with room.open_class(room.course.only[0], slots) as each:
            folders = [each.hand_in(f"beside-{slots}-{number}") for number in range(slots)]
            jobs = [partial(each.grade, folder.parent.name, folder) for folder in folders]
            assert each.grader.plan  # It is made before the time counts.
            started = time.monotonic()
            with Watch() as watch:
                found = side_by_side(jobs)
            wall = time.monotonic() - started
        trained = [line["training"] for line in found]
        yield {
            "slots": slots, "wall": round(wall, 1), "an hour": round(3600 * slots / wall),
            "training": round(sum(trained) / slots, 1), "longest": max(trained), **watch.seen,
            "verdicts": [line["verdict"] for line in found],
            "reached": [line["trials"] for line in found],
        }, told(found)  # fmt: skip


def all_the_memory(room: Room) -> Iterator[Result]:
    """A hog within its share, then one past it; a neighbour that came before, and one after."""
    with room.open_class(room.course.only[0], slots=3) as each:
        for title, overrides in (("share", TAKES_ITS_SHARE), ("everything", TAKES_EVERYTHING)):
            hog = each.hand_in(f"hog-{title}", each.wrong[0], overrides)
            neighbour = each.hand_in(f"neighbour-{title}")
            taken = threading.Event()
            if overrides == TAKES_ITS_SHARE:
                taken.set()
            jobs = [
                partial(each.grade, "the hog", hog),
                partial(each.grade, "was there", neighbour),
                partial(_grade_after, taken, each, neighbour),
            ]
            with Watch() as watch:
                threading.Thread(target=_when_full, args=(watch, taken), daemon=True).start()
                found = side_by_side(jobs)
            result = {"takes": title, **watch.seen}
            result |= {f["student"]: [f["verdict"], f.get("finding", "")] for f in found}
            yield result, told(found)


def _grade_after(taken: threading.Event, each: Class, folder: Path) -> dict[str, Any]:
    taken.wait(90)
    return each.grade("came later", folder)


def _when_full(watch: Watch, taken: threading.Event) -> None:
    """Tell when the memory is taken, or after a minute."""
    total = sum(found.memory_mb for found in find_accelerators()[:1])
    for _ in range(120):
        time.sleep(0.5)
        if total and watch.memory and watch.memory[-1] > 0.97 * total:
            break
    taken.set()


def side_by_side(jobs: Sequence[Callable[[], dict[str, Any]]]) -> list[dict[str, Any]]:
    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(job) for job in jobs]]


class Watch:
    """Looks at the GPU while something runs."""

    QUERY = (
        "nvidia-smi",
        "--query-gpu=memory.used,utilization.gpu",
        "--format=csv,noheader,nounits",
    )

    def __enter__(self) -> Watch:
        self.memory: list[int] = []
        self.busy: list[int] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        if shutil.which("nvidia-smi"):
            self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._over.set()

    def _look(self) -> None:
        while not self._over.wait(0.7):
            try:
                said = subprocess.run(self.QUERY, capture_output=True, text=True, timeout=10).stdout
                memory, busy = said.splitlines()[0].split(",")
                self.memory.append(int(memory))
                self.busy.append(int(busy))
            except (subprocess.SubprocessError, OSError, ValueError, IndexError):
                continue

    @property
    def seen(self) -> dict[str, Any]:
        if not self.memory:
            return {}
        mean = sum(self.busy) / len(self.busy)
        return {"most MiB used": max(self.memory), "busy %": round(mean, 1)}


def told(found: Sequence[dict[str, Any]]) -> str:
    return "\n".join(json.dumps(line) for line in found)
