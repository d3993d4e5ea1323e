"""You return the maps of the first image alone. Keep the batch axis."""

FAILS = ("layer_outputs",)

import keras
import numpy as np


def layer_outputs(model, images, names):
    outputs = {name: model.get_layer(name).output for name in names}
    found = keras.Model(model.input, outputs)(images)
    return {name: np.array(value)[0] for name, value in found.items()}
