"""Hands in tens of thousands of cells, each of which takes its time.

Covers: A14
"""

# %% attack: hand in
import json

tree = json.loads(notebook.read_text())
slow = {
    "cell_type": "code", "source": "import time; time.sleep(0.5)", "metadata": {}, "outputs": [],
    "execution_count": None,
}  # fmt: skip
tree["cells"] = [slow] * 1900 + tree["cells"]
notebook.write_text(json.dumps(tree))

# %% honest: hand in
import json

tree = json.loads(notebook.read_text())
scratch = {
    "cell_type": "code", "source": "tried = 1", "metadata": {}, "outputs": [],
    "execution_count": None,
}  # fmt: skip
tree["cells"] = [scratch] * 60 + tree["cells"]
notebook.write_text(json.dumps(tree))
