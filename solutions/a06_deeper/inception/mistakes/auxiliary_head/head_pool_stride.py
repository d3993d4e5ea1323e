"""Your windows do not overlap: without `strides`, Keras moves a window of 5 by 5 pixels. Set
`strides=3`.
"""

import keras

FAILS = (
    "auxiliary_head",
    "googlenet",
)


def auxiliary_head(x, classes, name="auxiliary", conv_filters=128, units=1024):
    x = keras.layers.AveragePooling2D(5, name=f"{name}_pool")(x)
    x = keras.layers.Conv2D(conv_filters, 1, activation="relu", name=f"{name}_conv")(x)
    x = keras.layers.Flatten(name=f"{name}_flatten")(x)
    x = keras.layers.Dense(units, activation="relu", name=f"{name}_fc")(x)
    x = keras.layers.Dropout(0.7, name=f"{name}_dropout")(x)
    return keras.layers.Dense(classes, activation="softmax", name=f"{name}_linear")(x)
