"""The browser saved the notebook as a text, and an editor dropped its metadata."""

import json

from accidents._cells import GONE

REPAIRED = ("convolution.ipynb.txt was graded", GONE)


def happen_to(file):
    tree = json.loads(file.read_text())
    for cell in tree["cells"]:
        cell["metadata"] = {}
        del cell["id"]
    file.with_name("convolution.ipynb.txt").write_text(json.dumps(tree))
    file.unlink()
