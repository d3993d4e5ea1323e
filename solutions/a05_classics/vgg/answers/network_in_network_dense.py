"""The small perceptrons as dense layers at every pixel, ReLU after pooling, and the rest as
operations.
"""

import keras
from keras import layers, ops


def network_in_network(blocks, input_shape=(32, 32, 3), dropout=0.5):
    x = image = keras.Input(input_shape)
    for number, (kernel, (wide, *small)) in enumerate(blocks, 1):
        margin = kernel // 2
        x = ops.pad(x, ((0, 0), (margin, margin), (margin, margin), (0, 0)))
        x = ops.relu(layers.Conv2D(wide, kernel)(x))
        for units in small:
            x = ops.maximum(layers.Dense(units)(x), 0)
        if number < len(blocks):
            pool = ops.max_pool if number == 1 else ops.average_pool
            x = layers.Dropout(dropout)(pool(x, 3, 2, padding="same"))
    return keras.Model(image, ops.softmax(ops.mean(ops.mean(x, axis=1), axis=1)))
