"""Your head has one hidden layer. VGG has two, FC6 and FC7."""

FAILS = ("vgg",)


import keras


def vgg(
    stages, input_shape=(224, 224, 3), hidden=4096, classes=1000, dropout=0.5, batch_norm=False
):
    inputs = keras.Input(input_shape)
    x = vgg_stages(inputs, stages, batch_norm)
    x = keras.layers.Flatten(name="flatten")(x)
    for name in ("FC6",):
        x = keras.layers.Dense(hidden, activation="relu", name=name)(x)
        x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x)
    x = keras.layers.Dense(classes, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, x)
