"""Hands in the notebook in UTF-16, with NUL bytes and text that is not text.

Covers: A17
"""

# %% attack: hand in
notebook.write_bytes(b"\xff\xfe" + notebook.read_text().encode("utf-16-le") + b"\0\xc3\x28")

# %% honest: hand in
import json

# Text of all scripts, written as it is and not as escapes.
tree = json.loads(notebook.read_text())
tree["cells"].append(
    {"cell_type": "markdown", "source": "Ünïcödé 世界 🎉 עברית", "metadata": {}}
)  # fmt: skip
notebook.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
