"""Blocks as layers of their own; the network of Lecture 7 as a subclass of keras.Model."""

import keras


class Stage(keras.layers.Layer):
    def __init__(self, conv, activation, pool, **kwargs):
        super().__init__(**kwargs)
        self.conv, self.activation, self.pool = conv, activation, pool

    def call(self, x):
        return self.pool(self.activation(self.conv(x)))


class Network(keras.Model):
    def __init__(self, filters, units, classes):
        super().__init__()
        self.stages = [
            Stage(
                keras.layers.Conv2D(count, 5, padding="same"),
                keras.ops.relu,
                keras.layers.MaxPooling2D(2, 2),
            )
            for count in filters
        ]
        self.flatten = keras.layers.Flatten()
        self.hidden = keras.layers.Dense(units)
        self.scores = keras.layers.Dense(classes)

    def call(self, images):
        x = images
        for stage in self.stages:
            x = stage(x)
        return self.scores(keras.ops.relu(self.hidden(self.flatten(x))))


def build_lenet(filters=(20, 50), units=500, classes=10, input_shape=(28, 28, 1)):
    network = Network(filters, units, classes)
    network(keras.Input(input_shape))
    return network


def build_lenet5(filters=(6, 16, 120), units=84, classes=10, input_shape=(32, 32, 1), c3=None):
    def average():
        return keras.layers.AveragePooling2D((2, 2), (2, 2))

    images = keras.Input(input_shape)
    x = Stage(keras.layers.Conv2D(filters[0], 5), keras.ops.tanh, average())(images)
    x = (c3 or keras.layers.Conv2D(filters[1], 5))(x)
    x = average()(keras.ops.tanh(x))
    x = keras.ops.tanh(keras.layers.Conv2D(filters[2], 5)(x))
    x = keras.ops.squeeze(x, axis=(1, 2))
    x = keras.ops.tanh(keras.layers.Dense(units)(x))
    return keras.Model(images, keras.layers.Dense(classes)(x))
