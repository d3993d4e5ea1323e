"""Hands in files that a careless grader would import, run or take for its own.

Covers: A5, A13
"""

# %% attack: hand in
for name in ("conftest.py", "sitecustomize.py", "numpy.py", "course_lib.py", "check.py"):
    (folder / name).write_text("raise SystemExit('passed')\n")
for name in ("results.json", "gradebook.db", "course.toml", "1.key", f"{folder.name}.json"):
    (folder / name).write_text('{"score": 100}')
(folder / "autograder").mkdir()
(folder / "autograder" / "__init__.py").write_text("raise SystemExit")
(folder / "$(touch planted)").write_text("`touch planted`")
(folder / "-rf").write_text("")
(folder / "timestamp.txt").write_text("1970-01-01 00:00:00 UTC")

# %% honest: hand in
(folder / "helpers.py").write_text("def twice(x):\n    return 2 * x\n")
(folder / "README.md").write_text("My notes\n")
