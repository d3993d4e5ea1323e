"""Hands in a pipe under the notebook's name, from which whoever reads it waits for ever.

Covers: A14, A17
"""

# %% attack: hand in
import os

notebook.unlink()
os.mkfifo(notebook)
os.mkfifo(folder / "model.safetensors")

# %% honest: hand in
(folder / "empty.txt").touch()
