"""Sequential networks, nested for each stage; LeNet-5 in three parts, since C3 may be a function."""

import keras
from keras import layers


def build_lenet(filters=(20, 50), units=500, classes=10, input_shape=(28, 28, 1)):
    def stage(count):
        return keras.Sequential(
            [layers.Conv2D(count, 5, padding="same"), layers.ReLU(), layers.MaxPooling2D()]
        )

    head = keras.Sequential([layers.Dense(units, activation="relu"), layers.Dense(classes)])
    stages = [stage(count) for count in filters]
    return keras.Sequential([keras.Input(input_shape), *stages, layers.Flatten(), head])


def build_lenet5(filters=(6, 16, 120), units=84, classes=10, input_shape=(32, 32, 1), c3=None):
    front = keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(filters[0], 5, activation="tanh"),
            layers.AveragePooling2D(2),
        ]
    )
    back = keras.Sequential(
        [
            layers.Activation("tanh"),
            layers.AveragePooling2D(2),
            layers.Flatten(),
            layers.Dense(filters[2], activation="tanh"),
            layers.Dense(units, activation="tanh"),
            layers.Dense(classes),
        ]
    )
    images = keras.Input(input_shape)
    maps = front(images)
    maps = layers.Conv2D(filters[1], (5, 5))(maps) if c3 is None else c3(maps)
    return keras.Model(images, back(maps))
