"""Hands in every cell twice, under the same ids and names.

Covers: A17
"""

# %% attack: hand in
import json

tree = json.loads(notebook.read_text())
tree["cells"] = [cell for cell in tree["cells"] for _ in range(2)]
notebook.write_text(json.dumps(tree))

# %% honest: hand in
import json

# Split and pasted in a hurry: one solution cell and one check cell are there twice.
tree = json.loads(notebook.read_text())
checks = [i for i, c in enumerate(tree["cells"]) if c["source"].startswith("check(")]
at = checks[0]
tree["cells"].insert(at + 1, json.loads(json.dumps(tree["cells"][at])))
notebook.write_text(json.dumps(tree))
