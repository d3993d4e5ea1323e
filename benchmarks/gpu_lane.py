"""The grader on a real GPU, step by step; every step writes its result as it ends.

    bash benchmarks/gpu_check.sh [--steps doctor grade ...] [--budget-seconds 400]

Steps, in order of what they are worth:

    doctor     what the machine is, and under which isolation its GPU can be used
    devices    what the lane's sandbox sees that the ordinary one does not
    lane       whether a process that grades can have its share of the GPU
    grade      right and wrong submissions of the notebooks that train, on the GPU
    processor  the same on the processor, at the same time
    memory     submissions that take all the memory, and what becomes of their neighbours
    beside     two, four and more trainings side by side, and submissions an hour
    fit        seconds of a training against plain `model.fit`, on both devices
    calibrate  the checks that train, from many seeds

Each runs in a process of its own (those that share a plan in one), so that one that hangs costs no
other its result. Without a GPU the same steps run on the processor: a rehearsal.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.grading.device import Lane

GRADING = ("grade", "memory", "beside")
GROUPS = (("doctor",), ("devices",), ("lane",), GRADING, ("fit",), ("calibrate",))
BESIDE = "processor"  # Runs while the group that grades does.
STEPS = ("doctor", "devices", "lane", "grade", BESIDE, "memory", "beside", "fit", "calibrate")
MOST = {
    "doctor": 150,
    "devices": 60,
    "lane": 120,
    "fit": 100,
}  # seconds; the others get what is left

NOTEBOOKS = {
    "lenet": ("a05_classics", "lenet5_trained", "lenet5_trained/one_epoch",
              "lenet5_trained/learning_rate"),
    "resnet": ("a06_deeper", "resnet_trained", "resnet_trained/one_epoch",
               "resnet_trained/shuffled_apart"),
    "transfer": ("a08_transfer", "transfer_gain", "transfer_gain/transfer_head_untrained",
                 "transfer_gain/transfer_from_scratch"),
}  # fmt: skip

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


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=list(STEPS))
    parser.add_argument("--notebooks", nargs="+", choices=NOTEBOOKS, default=["lenet", "resnet"])
    parser.add_argument("--budget-seconds", type=float, default=420)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=10, help="trainings side by side to calibrate")
    parser.add_argument("--most-slots", type=int, default=8)
    parser.add_argument("--share", type=float, default=1.0, help="of the GPU's memory, to use")
    parser.add_argument("--isolation", help="instead of what the doctor finds")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.out = options.out.resolve()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.here:
        run_here(options)
    else:
        run_all(options)


def run_all(options: argparse.Namespace) -> None:
    """Each group in a process of its own, until the time is up."""
    deadline = time.monotonic() + options.budget_seconds
    beside: subprocess.Popen[bytes] | None = None
    for group in GROUPS:
        steps = [step for step in group if step in options.steps]
        left = deadline - time.monotonic()
        if "grade" in group and BESIDE in options.steps:
            beside = start(options, [BESIDE], left)
        if not steps:
            continue
        if left < 15:
            emit(options.out, steps[0], {"skipped": steps}, "No time was left.")
            continue
        limit = min(left, *(MOST.get(step, left) for step in steps))
        process = start(options, steps, limit)
        await_end(options.out, process, steps, limit)
        if "lane" in steps and last_result(options.out, "lane").get("works", True) is None:
            sys.exit("No process that grades can have the GPU: see the step `lane`.")
    if beside is not None:
        left = max(1.0, deadline - time.monotonic())
        await_end(options.out, beside, [BESIDE], left)


def start(options: argparse.Namespace, steps: Sequence[str], limit: float) -> Any:
    arguments = [
        "--here", "--out", str(options.out), "--steps", *steps,
        "--notebooks", *options.notebooks, "--budget-seconds", f"{limit - 5:.0f}",
        "--seeds", str(options.seeds), "--jobs", str(options.jobs),
        "--most-slots", str(options.most_slots), "--share", str(options.share),
        "--isolation", isolation(options),
    ]  # fmt: skip
    # References are computed on the processor, and this process may not hold the GPU's memory.
    environment = {**os.environ, "JAX_PLATFORMS": "cpu", "CUDA_VISIBLE_DEVICES": ""}
    return subprocess.Popen(
        [sys.executable, __file__, *arguments], env=environment, start_new_session=True
    )


def await_end(out: Path, process: Any, steps: Sequence[str], limit: float) -> None:
    """Wait for a group of steps, and end it with all that it started if it takes too long."""
    try:
        code = process.wait(limit)
    except subprocess.TimeoutExpired:
        code = None
    if code != 0:
        for pid in (*descendants(process.pid), process.pid):
            with_suppressed(os.kill, pid, 9)
        process.wait()
        emit(out, steps[-1], {"ended": "out of time" if code is None else f"exit {code}"}, "")


def descendants(pid: int) -> list[int]:
    from autograder.sandbox.watch import descendants as below

    return below(pid)


def with_suppressed(call: Callable[..., Any], *arguments: Any) -> None:
    try:
        call(*arguments)
    except OSError:
        return


def isolation(options: argparse.Namespace) -> str:
    """What was asked for, else what the doctor found, else what can be had."""
    if options.isolation:
        return str(options.isolation)
    works = last_result(options.out, "lane").get("works") or last_result(options.out, "doctor")
    if "isolation" in works:
        return str(works["isolation"])
    from autograder.sandbox import namespaces_problem

    return "none" if namespaces_problem() else "namespaces"


def last_result(out: Path, step: str) -> dict[str, Any]:
    """The last result of a step; empty if there is none."""
    path = out / "gpu.jsonl"
    lines = path.read_text().splitlines() if path.exists() else []
    results = [line for line in map(json.loads, lines) if line["step"] == step]
    return dict(results[-1]) if results else {}


def emit(out: Path, step: str, result: dict[str, Any], text: str) -> None:
    """Keep a result: a line of JSON, the text, and on the screen."""
    since = time.time() - float(os.environ.get("STARTED", time.time()))
    line = json.dumps({"step": step, "at": round(since, 1), **result}, default=str)
    with (out / "gpu.jsonl").open("a") as lines:
        lines.write(line + "\n")
    with (out / "gpu.txt").open("a") as texts:
        texts.write(f"== {step}, {since:.0f} s after the start\n{line}\n{text}\n\n")
    print(f"== {step}, {since:.0f} s\n{line[:1500]}", flush=True)


def run_here(options: argparse.Namespace) -> None:
    """Run the steps in this process."""
    deadline = time.monotonic() + options.budget_seconds
    if set(options.steps) & set(GRADING):
        grading_steps(options, deadline)
    for step in options.steps:
        if step == "doctor":
            import gpu_probe

            emit(options.out, step, *gpu_probe.doctor())
        elif step == "devices":
            import gpu_probe

            emit(options.out, step, *gpu_probe.devices(options.isolation))
        elif step == "lane":
            import gpu_probe

            from autograder.source.course import find_course

            course = find_course(Path(__file__).parent)
            assignment = NOTEBOOKS[options.notebooks[0]][0]
            emit(options.out, step, *gpu_probe.lane(course, assignment, options.isolation))
        elif step == BESIDE:
            on_the_processor(options)
        elif step == "fit":
            compare_with_plain_fit(options.out)
        elif step == "calibrate":
            from gpu_calibrate import calibrate_side_by_side

            checks = [(NOTEBOOKS[name][0], NOTEBOOKS[name][1]) for name in options.notebooks]
            left = deadline - time.monotonic()
            for result in calibrate_side_by_side(
                checks,
                seeds=options.seeds,
                jobs=options.jobs,
                seconds=left,
                out=options.out,
                share=options.share,
            ):
                emit(options.out, step, result, "")


class Class:
    """The submissions of one notebook, and a grader for them."""

    def __init__(
        self, name: str, options: argparse.Namespace, folder: Path, slots: int | None
    ) -> None:
        from autograder.grading.device import find_accelerators
        from autograder.grading.grader import Grader
        from autograder.source.course import find_course
        from autograder.source.notebook import read_source

        self.name, self.folder = name, folder
        self.assignment, self.check, *self.wrong = NOTEBOOKS[name]
        course = find_course(Path(__file__).parent)
        # Compiling takes longer than the limits were made for where many notebooks run at once.
        limits = replace(course.limits, cell_seconds=120, check_seconds=120, submission_seconds=240)
        settings = last_result(options.out, "lane").get("works") or {}
        if slots and settings:
            limits = replace(limits, memory_mb=settings["memory_mb"])
        self.course = replace(course, only=(name,), limits=limits)
        self.source = read_source(course.source(self.assignment, name))
        self.accelerators = find_accelerators() if slots else []
        self.capped = bool(settings.get("capped", True))
        lane = self.lane(slots) if slots else None
        self.grader = Grader(
            self.course, self.assignment, key=bytes(32), isolation=options.isolation, lane=lane
        )

    def lane(self, slots: int) -> Lane:
        """Slots on the GPU, as the step `lane` found them to work."""
        from autograder.grading.device import Lane

        made = Lane(self.accelerators, slots, budget="gpu")
        for _ in range(0 if self.capped else made.size):
            settings = made._slots.get()
            settings.pop("COURSE_ACCELERATOR_MB", None)
            made._slots.put(settings)
        return made

    def with_slots(self, slots: int) -> Class:
        """The same with another number of trainings side by side."""
        other = copy.copy(self)
        other.grader = copy.copy(self.grader)
        other.grader._lane = self.lane(slots)
        return other

    def hand_in(self, student: str, variant: str = "", overrides: str = "") -> Path:
        """Write a submission: the solution, with a variant of it or other definitions."""
        import nbformat

        from autograder.source.notebook import read_variant, splice

        notebook = copy.deepcopy(self.source)
        if variant:
            (path,) = (
                p for p in self.course.variants(self.assignment, self.name) if p.stem == variant
            )
            read = read_variant(path)
            notebook = splice(self.source, replace(read, overrides=overrides or read.overrides))
        folder = self.folder / student / self.assignment
        folder.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, folder / f"{self.name}.ipynb")
        for file in self.course.files(self.assignment, self.name, variant or "solution").values():
            shutil.copy(file, folder)
        return folder

    def grade(self, student: str, folder: Path, everything: bool = False) -> dict[str, Any]:
        """Grade all checks, or only the one that trains; what became of it."""
        plan = self.grader.plan.notebooks[0]
        started = time.monotonic()
        if not everything:
            plan = replace(plan, checks={self.check: plan.checks[self.check]})
        record = self.grader.grade_notebook(plan, folder / f"{self.name}.ipynb").record
        trained = next(check for check in record.checks if check.name == self.check)
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


def grading_steps(options: argparse.Namespace, deadline: float) -> None:
    """Grade, side by side, and with all the memory taken: one process, since they share plans."""
    folder = Path(tempfile.mkdtemp(prefix="submitted-"))
    slots = round(3 * len(options.notebooks) / options.share)
    classes = [Class(name, options, folder, slots) for name in options.notebooks]
    for each in classes:
        each.grader.__enter__()
    try:
        steps = {"grade": grade_right_and_wrong, "beside": many_beside, "memory": all_the_memory}
        for step in options.steps:
            try:
                if time.monotonic() > deadline - 20:
                    emit(options.out, step, {"skipped": "no time was left"}, "")
                else:
                    steps[step](options, classes)
            except Exception as error:
                import traceback

                emit(options.out, step, {"broken": repr(error)}, traceback.format_exc())
    finally:
        for each in classes:
            each.grader.__exit__()
        shutil.rmtree(folder, ignore_errors=True)


def submissions(each: Class, prefix: str) -> list[Callable[[], dict[str, Any]]]:
    # All of the checks of one notebook suffice: they are the same code on every device.
    jobs = [("right", "", each.name == "lenet"), *((name, name, False) for name in each.wrong)]
    return [
        partial(each.grade, name, each.hand_in(f"{prefix}-{name}", variant), everything)
        for name, variant, everything in jobs
    ]


def told(found: Sequence[dict[str, Any]]) -> str:
    return "\n".join(json.dumps(line) for line in found)


def grade_right_and_wrong(options: argparse.Namespace, classes: list[Class]) -> None:
    with Watch() as watch:
        found = side_by_side([job for each in classes for job in submissions(each, "gpu")])
    device = [each.grader._device for each in classes]
    emit(options.out, "grade", {"device": device, **watch.seen, "graded": found}, told(found))


def on_the_processor(options: argparse.Namespace) -> None:
    folder = Path(tempfile.mkdtemp(prefix="submitted-"))
    for name in options.notebooks:
        each = Class(name, options, folder, slots=None)
        with each.grader:
            found = side_by_side(submissions(each, "cpu"))
        emit(options.out, BESIDE, {"device": "cpu", "graded": found}, told(found))
    shutil.rmtree(folder, ignore_errors=True)


def many_beside(options: argparse.Namespace, classes: list[Class]) -> None:
    """One, two, four, eight in as many slots; the last as an hour's rate."""
    for slots in (1, 2, 4, 8):
        if slots > options.most_slots:
            break
        each = classes[0].with_slots(slots)
        started = time.monotonic()
        folders = [each.hand_in(f"beside-{slots}-{number}") for number in range(slots)]
        jobs = [partial(each.grade, folder.parent.name, folder) for folder in folders]
        with Watch() as watch:
            found = side_by_side(jobs)
        wall = time.monotonic() - started
        trained = [line["training"] for line in found]
        result = {
            "slots": slots, "wall": round(wall, 1), "an hour": round(3600 * slots / wall),
            "training": round(sum(trained) / slots, 1), "longest": max(trained), **watch.seen,
            "verdicts": [line["verdict"] for line in found],
            "reached": [line["trials"] for line in found],
        }  # fmt: skip
        emit(options.out, "beside", result, told(found))


def all_the_memory(options: argparse.Namespace, classes: list[Class]) -> None:
    """A hog within its share, then one past it; a neighbour that came before, and one after."""
    each = classes[0].with_slots(3)
    for title, overrides in (("its share", TAKES_ITS_SHARE), ("everything", TAKES_EVERYTHING)):
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
        emit(options.out, "memory", result, told(found))


def _grade_after(taken: threading.Event, each: Class, folder: Path) -> dict[str, Any]:
    taken.wait(90)
    return each.grade("came later", folder)


def _when_full(watch: Watch, taken: threading.Event) -> None:
    """Tell when the memory is taken, or after a minute."""
    from autograder.grading.device import find_accelerators

    total = sum(found.memory_mb for found in find_accelerators()[:1])
    for _ in range(120):
        time.sleep(0.5)
        if total and watch.memory and watch.memory[-1] > 0.97 * total:
            break
    taken.set()


def compare_with_plain_fit(out: Path) -> None:
    from autograder.grading.device import Lane, find_accelerators

    lanes = {"cpu": {"JAX_PLATFORMS": "cpu"}}
    if found := find_accelerators():
        with Lane(found).slot() as settings:
            lanes = {"gpu": settings, **lanes}
    script = Path(__file__).with_name("training.py")
    compiled = tempfile.mkdtemp()  # The first epoch is left out, so what is compiled may be kept.
    kept = {
        "JAX_COMPILATION_CACHE_DIR": compiled,
        "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
    }
    for device, settings in lanes.items():
        ran = subprocess.run(
            [sys.executable, str(script), "--epochs", "3", "--rounds", "2"],
            env={**os.environ, **settings, **kept}, capture_output=True, text=True,
        )  # fmt: skip
        emit(out, "fit", {"device": device, "exit": ran.returncode}, ran.stdout + ran.stderr[-800:])
        print(ran.stdout, flush=True)
    shutil.rmtree(compiled, ignore_errors=True)


if __name__ == "__main__":
    main()
