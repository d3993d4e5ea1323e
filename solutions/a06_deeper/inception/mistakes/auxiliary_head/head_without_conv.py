"""Your head has no 1 × 1 convolution. It stands between the pooling and the first fully connected
layer and reduces the depth.
"""

import keras

FAILS = (
    "auxiliary_head",
    "googlenet",
)


def auxiliary_head(x, classes, name="auxiliary", conv_filters=128, units=1024):
    x = keras.layers.AveragePooling2D(5, strides=3, name=f"{name}_pool")(x)
    x = keras.layers.Flatten(name=f"{name}_flatten")(x)
    x = keras.layers.Dense(units, activation="relu", name=f"{name}_fc")(x)
    x = keras.layers.Dropout(0.7, name=f"{name}_dropout")(x)
    return keras.layers.Dense(classes, activation="softmax", name=f"{name}_linear")(x)
