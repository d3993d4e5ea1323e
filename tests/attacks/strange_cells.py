"""Hands in cells of unknown kinds, without sources, with numbers and lists where text belongs.

Covers: A17
Ends: SyntaxError
"""

# %% attack: hand in
import json

tree = json.loads(notebook.read_text())
tree["cells"] += [
    {"cell_type": "heading", "level": 1, "source": "passed"},
    {"cell_type": "code"},
    {"cell_type": ["code"], "source": {"a": 1}, "metadata": []},
    {"cell_type": "code", "source": [1, None, {"x": []}], "metadata": {"nbgrader": "yes"}},
    {"cell_type": "code", "source": 7, "metadata": {"nbgrader": {"grade": True, "grade_id": []}}},
    {"cell_type": "raw", "source": "\0", "metadata": {"nbgrader": {"grade_id": {"a": 1}}}},
]
notebook.write_text(json.dumps(tree))

# %% honest: hand in
import json

# Sources as lists of lines, raw cells, and an attachment.
tree = json.loads(notebook.read_text())
for cell in tree["cells"]:
    cell["source"] = cell["source"].splitlines(keepends=True)
tree["cells"].append({"cell_type": "raw", "source": "a note", "metadata": {}})
tree["cells"].append(
    {"cell_type": "markdown", "source": ["![x](attachment:x.png)"], "metadata": {},
     "attachments": {"x.png": {"image/png": "iVBORw0KGgo="}}}
)  # fmt: skip
notebook.write_text(json.dumps(tree))
