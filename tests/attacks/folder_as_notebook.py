"""Hands in a folder under the notebook's name.

Covers: A17
"""

# %% attack: hand in
notebook.unlink()
notebook.mkdir()
(notebook / "results.json").write_text('{"score": 100}')

# %% honest: hand in
(folder / ".ipynb_checkpoints").mkdir()
(folder / ".ipynb_checkpoints" / notebook.name).write_bytes(notebook.read_bytes()[:100])
