"""You return a list. The answer is a dictionary, so that nobody must remember the order: `{name:
array}`.
"""

FAILS = ("layer_outputs",)

import keras
import numpy as np


def layer_outputs(model, images, names):
    outputs = {name: model.get_layer(name).output for name in names}
    found = keras.Model(model.input, outputs)(images)
    return [np.array(found[name]) for name in names]
