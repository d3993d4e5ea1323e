"""Your scores are no probabilities: FC8 ends with a softmax."""

FAILS = ("vgg",)


import keras


def vgg(
    stages, input_shape=(224, 224, 3), hidden=4096, classes=1000, dropout=0.5, batch_norm=False
):
    inputs = keras.Input(input_shape)
    x = vgg_stages(inputs, stages, batch_norm)
    x = keras.layers.Flatten(name="flatten")(x)
    for name in ("FC6", "FC7"):
        x = keras.layers.Dense(hidden, activation="relu", name=name)(x)
        x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x)
    x = keras.layers.Dense(classes, name="FC8")(x)
    return keras.Model(inputs, x)
