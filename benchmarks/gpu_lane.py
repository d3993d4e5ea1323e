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

Each runs in a process of its own (those that share a sandbox in one), so that one that hangs costs
no other its result. Without a GPU the same steps run on the processor: a rehearsal.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import gpu_grade
import gpu_probe
from gpu_calibrate import calibrate_side_by_side
from gpu_grade import NOTEBOOKS, Result

from autograder.grading.device import Lane, find_accelerators
from autograder.sandbox import namespaces_problem
from autograder.sandbox.watch import descendants
from autograder.source.course import find_course

GRADING = ("grade", "memory", "beside")
GROUPS = (("doctor",), ("devices",), ("lane",), GRADING, ("fit",), ("calibrate",))
BESIDE = "processor"  # Runs while the group that grades does.
STEPS = ("doctor", "devices", "lane", "grade", BESIDE, "memory", "beside", "fit", "calibrate")
# Seconds; the others get what is left.
MOST = {"doctor": 150, "devices": 60, "lane": 120, "fit": 100}


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
    """This command once more, for these steps."""
    arguments = [*sys.argv[1:], "--here", "--steps", *steps, "--budget-seconds", f"{limit - 5:.0f}"]
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
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        process.wait()
        emit(out, steps[-1], {"ended": "out of time" if code is None else f"exit {code}"}, "")


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


def isolation(options: argparse.Namespace) -> str:
    """What was asked for, else what the doctor found, else what can be had."""
    if options.isolation:
        return str(options.isolation)
    works = last_result(options.out, "lane").get("works") or last_result(options.out, "doctor")
    if "isolation" in works:
        return str(works["isolation"])
    return "none" if namespaces_problem() else "namespaces"


def run_here(options: argparse.Namespace) -> None:
    """Run the steps in this process; those that grade last, in one sandbox."""
    deadline = time.monotonic() + options.budget_seconds
    for step in options.steps:
        if step not in GRADING:
            attempt(options, step, partial(results_of, step, options, deadline))
    grading = [step for step in options.steps if step in GRADING]
    if not grading:
        return
    memory_mb = (last_result(options.out, "lane").get("works") or {}).get("memory_mb", 0)
    with gpu_grade.open_room(options.notebooks, isolation(options), memory_mb) as room:
        slots = round(3 * len(options.notebooks) / options.share)
        steps: dict[str, Callable[[], Iterable[Result]]] = {
            "grade": lambda: [gpu_grade.right_and_wrong(room, slots)],
            "memory": lambda: gpu_grade.all_the_memory(room),
            "beside": lambda: gpu_grade.many_beside(room, options.most_slots),
        }
        for step in grading:
            if time.monotonic() > deadline - 20:
                emit(options.out, step, {"skipped": "no time was left"}, "")
            else:
                attempt(options, step, steps[step])


def attempt(options: argparse.Namespace, step: str, run: Callable[[], Iterable[Result]]) -> None:
    """Keep each result of a step as it comes, and what breaks it."""
    try:
        for result, text in run():
            emit(options.out, step, result, text)
    except Exception as error:
        emit(options.out, step, {"broken": repr(error)}, traceback.format_exc())


def results_of(step: str, options: argparse.Namespace, deadline: float) -> Iterator[Result]:
    """What a step finds that grades nothing on the GPU."""
    if step == "doctor":
        yield gpu_probe.doctor()
    elif step == "devices":
        yield gpu_probe.devices(isolation(options))
    elif step == "lane":
        course, assignment = find_course(Path(__file__).parent), NOTEBOOKS[options.notebooks[0]][0]
        yield gpu_probe.lane(course, assignment, isolation(options))
    elif step == BESIDE:
        with gpu_grade.open_room(options.notebooks, isolation(options), lane=False) as room:
            yield gpu_grade.right_and_wrong(room)
    elif step == "fit":
        yield from compare_with_plain_fit()
    elif step == "calibrate":
        found = calibrate_side_by_side(
            [NOTEBOOKS[name][:2] for name in options.notebooks],
            seeds=options.seeds,
            jobs=options.jobs,
            seconds=deadline - time.monotonic(),
            out=options.out,
            share=options.share,
        )
        for result in found:
            yield result, ""


def compare_with_plain_fit() -> Iterator[Result]:
    """`training.py` on each device."""
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
        print(ran.stdout, flush=True)
        yield {"device": device, "exit": ran.returncode}, ran.stdout + ran.stderr[-800:]
    shutil.rmtree(compiled, ignore_errors=True)


if __name__ == "__main__":
    main()
