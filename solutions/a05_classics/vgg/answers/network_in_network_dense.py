"""The small perceptrons as dense layers at every pixel; zeros, ReLU, pooling and mean as
operations.
"""

import keras
from keras import layers, ops


def network_in_network(blocks=NIN_BLOCKS, input_shape=(32, 32, 3), dropout=0.5):
    x = image = keras.Input(input_shape)
    for number, (kernel, (wide, *small)) in enumerate(blocks):
        if number:
            x = layers.Dropout(dropout)(ops.max_pool(x, 3, 2, padding="same"))
        margin = (kernel // 2, kernel // 2)
        x = ops.pad(x, ((0, 0), margin, margin, (0, 0)))
        x = ops.relu(layers.Conv2D(wide, kernel)(x))
        for units in small:
            x = ops.maximum(layers.Dense(units)(x), 0)
    return keras.Model(image, ops.softmax(ops.mean(ops.mean(x, axis=1), axis=1)))
