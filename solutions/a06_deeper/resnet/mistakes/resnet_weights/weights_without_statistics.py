"""You hand in the trainable weights alone. The running means and variances of the normalization
belong to the network, too.
"""

FAILS = ("resnet_weights",)
HINT = None  # How many arrays are missing is told.

import numpy as np
from safetensors.numpy import save_file


def hand_in(score, path):
    weights = score.model.trainable_weights
    arrays = {f"weight_{i:04}": np.array(weight) for i, weight in enumerate(weights)}
    save_file(arrays, path)
