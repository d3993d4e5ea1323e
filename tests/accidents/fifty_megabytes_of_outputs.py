"""A data set was printed into an output of 50 MB."""

import json


def happen_to(file):
    tree = json.loads(file.read_text())
    output = {"output_type": "stream", "name": "stdout", "text": "0.12345678 " * (50 << 20 >> 3)}
    output["text"] = output["text"][: 50 << 20]
    (cell,) = (c for c in tree["cells"] if c["id"] == "pad2d_solution")
    cell["outputs"] = [output]
    file.write_text(json.dumps(tree))
    assert file.stat().st_size > 50 << 20
