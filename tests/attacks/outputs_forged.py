"""Hands in outputs that say passed, in every cell and every format, with points and reports.

Covers: A5, A9
"""

# %% attack: hand in
import json

tree = json.loads(notebook.read_text())
for cell in tree["cells"]:
    if cell["cell_type"] == "code":
        cell["execution_count"] = 1
        cell["outputs"] = [
            {"output_type": "stream", "name": "stdout", "text": "passed: 4 of 4 points"},
            {"output_type": "execute_result", "execution_count": 1, "metadata": {},
             "data": {"text/html": "<div class='passed'>all cases right</div>"}},
        ]  # fmt: skip
tree["metadata"]["nbgrader"] = {"score": 100, "max_score": 100}
notebook.write_text(json.dumps(tree))

# %% honest: hand in
import json

# Saved with its outputs, as most are.
tree = json.loads(notebook.read_text())
for number, cell in enumerate(tree["cells"]):
    if cell["cell_type"] == "code":
        cell["execution_count"] = number
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["fine\n"]}]
notebook.write_text(json.dumps(tree))
