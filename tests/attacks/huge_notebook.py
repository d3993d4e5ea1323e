"""Hands in a notebook larger than anybody would read, of which the disk holds only a hole.

Covers: A14
Verdict: unreadable
"""

# %% attack: hand in
with open(notebook, "r+b") as file:
    file.truncate(10 << 30)

# %% honest: hand in
import json

# A few megabytes of pictures in the outputs.
tree = json.loads(notebook.read_text())
picture = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "A" * (4 << 20)}}
for cell in tree["cells"]:
    if cell["cell_type"] == "code":
        cell["outputs"] = [picture]
        break
notebook.write_text(json.dumps(tree))
