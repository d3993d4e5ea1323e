"""Counted on a network."""

import keras

from course_lib import costs


def kernel_stack(kernel, depth, channels, height, width):
    def build():
        inputs = x = keras.Input((height, width, channels))
        for _ in range(depth):
            x = keras.layers.Conv2D(channels, kernel, padding="same", use_bias=False)(x)
            x = keras.layers.ReLU()(x)
        return keras.Model(inputs, x)

    table = costs.count(build)
    return {
        "receptive_field": table.rows[-1].receptive_field[0],
        "weights": table.parameters,
        "macs": table.macs,
        "relus": sum(row.type == "ReLU" for row in table.rows),
    }
