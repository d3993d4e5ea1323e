"""Half of an emoji stands in a comment and in a text: JSON can write it, UTF-8 cannot."""

import json


def happen_to(file):
    tree = json.loads(file.read_text())
    tree["cells"][0]["source"] += " \ud83d"
    (cell,) = (c for c in tree["cells"] if c["id"] == "pad2d_solution")
    cell["source"] += "\n# done \ud83d\nprint('\\ud83d')"
    file.write_text(json.dumps(tree))
