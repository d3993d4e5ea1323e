"""Your head has one fully connected layer. There are two: a hidden one, and one with a unit for
each class.
"""

import keras

FAILS = (
    "auxiliary_head",
    "googlenet",
)


def auxiliary_head(x, classes, name="auxiliary", conv_filters=128, units=1024):
    x = keras.layers.AveragePooling2D(5, strides=3, name=f"{name}_pool")(x)
    x = keras.layers.Conv2D(conv_filters, 1, activation="relu", name=f"{name}_conv")(x)
    x = keras.layers.Flatten(name=f"{name}_flatten")(x)
    x = keras.layers.Dropout(0.7, name=f"{name}_dropout")(x)
    return keras.layers.Dense(classes, activation="softmax", name=f"{name}_linear")(x)
