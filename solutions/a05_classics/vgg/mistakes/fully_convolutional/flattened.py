"""Your head flattens the maps, so it accepts one size of image only. FC6 is a convolution with
a kernel of `map_size`.
"""

FAILS = ("fully_convolutional",)


import keras


def fully_convolutional(
    stages, input_shape=(None, None, 3), map_size=(7, 7), hidden=4096, classes=1000, dropout=0.5
):
    inputs = keras.Input(input_shape)
    x = vgg_stages(inputs, stages)
    x = keras.layers.Flatten(name="flatten")(x)
    for name in ("FC6", "FC7"):
        x = keras.layers.Dense(hidden, activation="relu", name=name)(x)
        x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x)
    x = keras.layers.Dense(classes, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, x)
