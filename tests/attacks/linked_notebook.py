"""Hands in a link to the solution on the grader's own disk in place of the notebook.

Covers: A6
"""

# %% attack: hand in
import json

from autograder.source.notebook import read_source

# What the link would reach if it were followed: a notebook that is right.
target = folder.parent.parent / f"{folder.parent.name}-target.ipynb"
target.write_text(json.dumps(read_source(course.source(folder.name, plan.name))))
notebook.unlink()
notebook.symlink_to(target)

# %% honest: hand in
# A link among the student's other files.
(folder / "latest.txt").symlink_to(notebook.name)
