"""You name the arrays after their layers, and a file sorts its names: the order of the network is
lost. `training.save_weights` numbers them.
"""

FAILS = ("resnet_weights",)
HINT = None  # The first shape that does not fit is told.

import numpy as np
from safetensors.numpy import save_file


def hand_in(score, path):
    save_file({weight.path: np.array(weight) for weight in score.model.weights}, path)
