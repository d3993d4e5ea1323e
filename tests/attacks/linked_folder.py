"""Hands in a link to somebody else's folder in place of its own.

Covers: A6
"""

# %% attack: hand in
import json
import shutil

from autograder.source.notebook import read_source

other = folder.parent.parent / f"{folder.parent.name}-other"
other.mkdir()
(other / notebook.name).write_text(json.dumps(read_source(course.source(folder.name, plan.name))))
shutil.rmtree(folder)
folder.symlink_to(other)

# %% honest: hand in
# A folder of the student's own beside the notebook, and a link to it.
(folder / "pictures").mkdir()
(folder / "figures").symlink_to("pictures")
