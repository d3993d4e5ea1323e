"""The small courses that tests release, edit and grade: folders as an instructor has them.

- `tiny`: two functions on arrays, for which no framework is started; what the grader grades.
- `fixture`: one of its cells needs Keras, one is an answer; what is released, edited, exported.
- `descent`: a cell trains in NumPy, and what it leaves is judged; what is cut off and left out.
- `learner`: a network is trained and handed in, and calibrated for real.

Each has a module of its name, which makes a copy of it in an empty folder and hands work in.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from autograder.source.course import Course, find_course

HERE = Path(__file__).parent


def copied(name: str, root: Path) -> Course:
    """A copy of a course in an empty folder, not yet released."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(HERE / name, root, ignore=ignored, dirs_exist_ok=True)
    return find_course(root)
