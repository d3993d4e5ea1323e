"""Make the pictures of the README: a check's result and the class report, as a browser shows them.

    make demo && .venv/bin/python docs/pictures.py

Needs Chromium.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from autograder.source.course import find_course
from autograder.source.mistakes import read_variant, splice
from autograder.source.notebook import read_source
from autograder.source.reference import Reference
from course_lib.checking import judge_case, render, run_probe
from course_lib.checking.store import find

HERE = Path(__file__).resolve().parent
CHECK, VARIANT = "conv2d_forward", "conv2d_forward/dilation_ignored"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "card.html"
        page.write_text(f"<meta charset=utf-8><body style='background:#fff'>{card()}")
        screenshot(page, HERE / "images" / "check.png", "780,480")
    screenshot(
        HERE.parent / "demo" / "report" / "index.html", HERE / "images" / "report.png", "1200,900"
    )


def card() -> str:
    """What `check` shows for a convolution that ignores its dilation."""
    course = find_course(HERE)
    source = read_source(course.source("a01_layers", "convolution"))
    variant = read_variant(course, "a01_layers", "convolution", VARIANT)
    subject = Reference(splice(source, variant), "picture").subject(CHECK)
    public = find(CHECK)
    results = [judge_case(c, run_probe(c.probe, subject, c.forbids), CHECK) for c in public.cases]
    return render.card(CHECK, public.points, public.cases, results)


def screenshot(page: Path, target: Path, size: str) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("Chromium is needed to make the pictures.")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", f"--user-data-dir={profile}", f"--window-size={size}",
                f"--screenshot={target}", page.as_uri(),
            ],
            check=True, capture_output=True,
        )  # fmt: skip


if __name__ == "__main__":
    main()
