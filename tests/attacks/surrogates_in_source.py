"""Hands in sources, names and metadata with text that cannot be written as UTF-8.

Covers: A17, A18
"""

# %% attack: hand in
import json

tree = json.loads(notebook.read_text())
for cell in tree["cells"]:
    if cell["cell_type"] == "code" and not cell["source"].startswith("check("):
        cell["source"] += "\n# \ud800\udfff \udc80"
tree["cells"].append({"cell_type": "markdown", "source": "\ud800", "metadata": {}})
notebook.write_text(json.dumps(tree))

# %% honest: hand in
import json

tree = json.loads(notebook.read_text())
tree["cells"].append({"cell_type": "markdown", "source": "\U0001f389 = \\ud83c", "metadata": {}})
notebook.write_text(json.dumps(tree))
