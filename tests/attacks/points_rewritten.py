"""Gives its cells a thousand points, and marks of its own as check cells that always pass.

Covers: A5
"""

# %% attack: hand in
import json

tree = json.loads(notebook.read_text())
for cell in tree["cells"]:
    marks = cell["metadata"].get("nbgrader")
    if marks and marks.get("grade"):
        marks["points"] = 1000
extra = {
    "cell_type": "code", "source": "pass", "outputs": [], "execution_count": None,
    "metadata": {"nbgrader": {
        "grade": True, "locked": True, "solution": False, "task": False, "schema_version": 3,
        "grade_id": "bonus", "points": 1000,
    }},
}  # fmt: skip
tree["cells"].append(extra)
notebook.write_text(json.dumps(tree))

# %% honest: hand in
import json

# An editor that drops all metadata of the cells.
tree = json.loads(notebook.read_text())
for cell in tree["cells"]:
    cell["metadata"] = {"collapsed": False}
notebook.write_text(json.dumps(tree))
