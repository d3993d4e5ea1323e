"""What it takes to compare a network with the reference: every reference of the course.

Each network is built twice without weights and compared; for the measure, an ordinary Keras build
of the same network follows, which is what a comparison of `model.summary()` would start from.
Ratios are ordinary build to comparison. Everything runs in one process; the peak of memory is
reset before each step (Linux).

    python benchmarks/network_comparison.py [--without-ordinary]
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras

from autograder.checks import load_checks
from autograder.source.course import find_course
from autograder.source.notebook import read_source
from autograder.source.reference import Reference
from course_lib.blueprints import blueprint
from course_lib.structure import canonical, compare

NOTEBOOKS = (
    "a05_classics/lenet",
    "a05_classics/alexnet",
    "a05_classics/vgg",
    "a06_deeper/inception",
    "a06_deeper/resnet",
    "a06_deeper/beyond_resnet",
    "a06_deeper/densenet",
    "a07_efficient/mobilenet",
    "a07_efficient/efficient",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--without-ordinary", action="store_true", help="skip ordinary builds")
    options = parser.parse_args()
    course = find_course(Path(__file__).parent)
    blueprint(lambda: keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)]))  # imports
    print(f"{'network':42}{'parameters':>13}{'nodes':>7}{'seconds':>9}{'MB':>7}{'ordinary':>19}")
    for notebook in NOTEBOOKS:
        assignment, name = notebook.split("/")
        namespace = Reference(read_source(course.source(assignment, name)), notebook).namespace
        checks = load_checks(course, assignment, name)
        for title, network in checks.ARCHITECTURES.items():
            measure(f"{name}: {title}", network.of(namespace), options)


def measure(title: str, build: Callable[[], Any], options: argparse.Namespace) -> None:
    def comparison() -> tuple[int, int]:
        one, other = (canonical(blueprint(build)) for _ in range(2))
        if compare(one, other):
            raise SystemExit(f"{title}: two builds of one network differ")
        return one.parameters, len(one.nodes)

    (parameters, nodes), seconds, megabytes = timed(comparison)
    line = f"{title[:41]:42}{parameters:13,}{nodes:7}{seconds:9.2f}{megabytes:7.1f}"
    if not options.without_ordinary:
        _, usual, size = timed(build)
        line += f"{usual:7.2f} s {size:6.0f} MB, {usual / seconds:.1f} ×"
        keras.backend.clear_session()
    print(line, flush=True)


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """What `work` returns, its seconds, and by how many MB memory grew at its peak."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")
    before, start = memory("VmRSS"), time.perf_counter()
    result = work()
    return result, time.perf_counter() - start, (memory("VmHWM") - before) / 1e3


def memory(kind: str) -> int:
    """Resident memory in KB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(kind)).split()[1])


if __name__ == "__main__":
    main()
