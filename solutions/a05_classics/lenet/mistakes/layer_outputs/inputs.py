"""You return what goes into the layers. Asked for is what comes out: `.output`."""

FAILS = ("layer_outputs",)

import keras
import numpy as np


def layer_outputs(model, images, names):
    outputs = {name: model.get_layer(name).input for name in names}
    found = keras.Model(model.input, outputs)(images)
    return {name: np.array(value) for name, value in found.items()}
