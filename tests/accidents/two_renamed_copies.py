"""Two files of other names: the one in which more cells were written is graded."""

import json

REPAIRED = ("Of 2 files like it, this has the most cells with work of yours",)


def happen_to(file):
    tree = json.loads(file.read_text())
    file.rename(file.with_name("convolution v2.ipynb"))
    for cell in tree["cells"][20:]:
        if cell["cell_type"] == "code":
            cell["source"] = "pass"
    file.with_name("convolution v1.ipynb").write_text(json.dumps(tree))
