"""You cut off what is negative. Return the answers as they are: the network goes on with the
negative ones as well.
"""

FAILS = ("layer_outputs",)

import keras
import numpy as np


def layer_outputs(model, images, names):
    outputs = {name: model.get_layer(name).output for name in names}
    found = keras.Model(model.input, outputs)(images)
    return {name: np.maximum(np.array(value), 0) for name, value in found.items()}
