"""A sequential model of one sequential model for each stage."""

import keras


def stage_model(entries, number, batch_norm):
    layers = []
    for entry in entries:
        if entry == "LRN":
            layers.append(LocalResponseNorm())
            continue
        kernel, filters = entry
        layers.append(keras.layers.Conv2D(filters, kernel, padding="same", use_bias=not batch_norm))
        if batch_norm:
            layers.append(keras.layers.BatchNormalization())
        layers.append(keras.layers.Activation("relu"))
    return keras.Sequential([*layers, keras.layers.MaxPool2D()], name=f"stage_{number}")


def vgg(
    stages, input_shape=(224, 224, 3), hidden=4096, classes=1000, dropout=0.5, batch_norm=False
):
    model = keras.Sequential([keras.Input(input_shape)])
    for number, entries in enumerate(stages):
        model.add(stage_model(entries, number, batch_norm))
    model.add(keras.layers.Flatten())
    for _ in range(2):
        model.add(keras.layers.Dense(hidden, activation="relu"))
        model.add(keras.layers.Dropout(dropout))
    model.add(keras.layers.Dense(classes))
    model.add(keras.layers.Softmax())
    return model


def fully_convolutional(
    stages, input_shape=(None, None, 3), map_size=(7, 7), hidden=4096, classes=1000, dropout=0.5
):
    model = keras.Sequential([keras.Input(input_shape)])
    for number, entries in enumerate(stages):
        model.add(stage_model(entries, number, False))
    model.add(keras.layers.Conv2D(hidden, map_size, activation="relu"))
    model.add(keras.layers.Dropout(dropout))
    # A dense layer on maps works on every pixel for itself.
    model.add(keras.layers.Dense(hidden, activation="relu"))
    model.add(keras.layers.Dropout(dropout))
    model.add(keras.layers.Dense(classes, activation="softmax"))
    return model
