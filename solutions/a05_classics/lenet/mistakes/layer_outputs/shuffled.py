"""The answers stand under the wrong names: they come in the order of the layers, and you handed
them out in the order of `names`.
"""

FAILS = ("layer_outputs",)

import keras
import numpy as np


def layer_outputs(model, images, names):
    outputs = [layer.output for layer in model.layers if layer.name in names]
    found = keras.Model(model.input, outputs)(images)
    return {name: np.array(value) for name, value in zip(names, found, strict=True)}
