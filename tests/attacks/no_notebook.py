"""Hands in something else under the notebook's name: an archive, a program, half a file.

Covers: A13, A17
"""

# %% attack: hand in
import pickle

whole = notebook.read_bytes()
notebook.write_bytes(b"PK\x03\x04" + pickle.dumps({"cells": []}) + whole[: len(whole) // 2])

# %% honest: hand in
# Indented, as an editor writes it, with a newline at the end.
import json

notebook.write_text(json.dumps(json.loads(notebook.read_text()), indent=1) + "\n")
