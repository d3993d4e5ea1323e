"""Your FC6 jumps by its own size. It stands at every place of the maps: stride 1."""

FAILS = ("fully_convolutional",)


import keras


def fully_convolutional(
    stages, input_shape=(None, None, 3), map_size=(7, 7), hidden=4096, classes=1000, dropout=0.5
):
    inputs = keras.Input(input_shape)
    x = vgg_stages(inputs, stages)
    for name, kernel in (("FC6", map_size), ("FC7", 1)):
        x = keras.layers.Conv2D(hidden, kernel, strides=kernel, activation="relu", name=name)(x)
        x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x)
    x = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, x)
