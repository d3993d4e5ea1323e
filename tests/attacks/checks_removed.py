"""Hands in a notebook without any of its check cells, or of any other cells.

Covers: A4, A17
Ends: NameError
"""

# %% attack: hand in
import json

tree = json.loads(notebook.read_text())
tree["cells"] = []
notebook.write_text(json.dumps(tree))

# %% honest: hand in
import json

# The last check cell was deleted by accident.
tree = json.loads(notebook.read_text())
checks = [i for i, c in enumerate(tree["cells"]) if c["source"].startswith("check(")]
del tree["cells"][checks[-1]]
notebook.write_text(json.dumps(tree))
