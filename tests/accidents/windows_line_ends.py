"""Windows line ends, in the file and in the cells."""

import json


def happen_to(file):
    tree = json.loads(file.read_text())
    for cell in tree["cells"]:
        cell["source"] = cell["source"].replace("\n", "\r\n")
    file.write_bytes(json.dumps(tree, indent=1).replace("\n", "\r\n").encode())
