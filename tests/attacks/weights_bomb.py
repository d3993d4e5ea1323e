"""Hands in files of weights with headers that lie, and one that is larger than it seems.

Covers: A13, A14
Verdict: error
"""

# %% attack: hand in
import json
import struct

header = json.dumps({"0": {"dtype": "F32", "shape": [1 << 50], "data_offsets": [0, 1 << 52]}})
raw = struct.pack("<Q", len(header)) + header.encode()
(folder / "digit_resnet.safetensors").write_bytes(raw)
(folder / "model.safetensors").write_bytes(struct.pack("<Q", (1 << 63) - 1))
with open(folder / "large.safetensors", "wb") as file:
    file.truncate(20 << 30)
(folder / "weights.safetensors").symlink_to("/dev/zero")

# %% honest: hand in
import numpy as np
from safetensors.numpy import save_file

save_file({"kernel": np.zeros((3, 3), np.float32)}, folder / "own.safetensors")
