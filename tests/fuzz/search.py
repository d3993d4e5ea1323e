"""Search for inputs that a target stumbles over, guided by the code that they reach.

Usage: python -m tests.fuzz.search TARGET SECONDS [atheris' options]

What is found is written to `crash-...` in the current folder, with the traceback on the screen.
Mend it, and move the file to `tests/fuzz/corpus/TARGET/`. For all targets: `make fuzz`.
"""

from __future__ import annotations

import sys
import tempfile

import atheris

with atheris.instrument_imports(include=["autograder", "course_lib", "tests.fuzz", "safetensors"]):
    from tests.fuzz.targets import CORPUS, TARGETS


def main() -> None:
    target, seconds, *options = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="fuzz-") as found:
        limits = [
            f"-max_total_time={seconds}",
            "-timeout=10",
            "-rss_limit_mb=2048",
            "-max_len=20000",
        ]
        folders = [found, str(CORPUS / target)]
        atheris.Setup([sys.argv[0], *limits, *options, *folders], TARGETS[target])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
