"""Classes for a convolution, a stage and a network."""

import keras
from keras import layers


class Convolution(layers.Layer):
    def __init__(self, kernel, filters, batch_norm):
        super().__init__()
        self.convolution = layers.Conv2D(filters, kernel, padding="same", use_bias=not batch_norm)
        self.norm = layers.BatchNormalization() if batch_norm else None

    def call(self, x, training=None):
        x = self.convolution(x)
        if self.norm is not None:
            x = self.norm(x, training=training)
        return keras.ops.relu(x)


class Stage(layers.Layer):
    def __init__(self, entries, batch_norm):
        super().__init__()
        self.steps = [
            LocalResponseNorm() if entry == "LRN" else Convolution(*entry, batch_norm)
            for entry in entries
        ]
        self.pool = layers.MaxPooling2D((2, 2))

    def call(self, x):
        for step in self.steps:
            x = step(x)
        return self.pool(x)


class Network(keras.Model):
    def __init__(self, stages, head):
        super().__init__()
        self.stages = stages
        self.head = head

    def call(self, x):
        for step in (*self.stages, *self.head):
            x = step(x)
        return x


def vgg(
    stages, input_shape=(224, 224, 3), hidden=4096, classes=1000, dropout=0.5, batch_norm=False
):
    head = [
        layers.Flatten(),
        layers.Dense(hidden, "relu"),
        layers.Dropout(dropout),
        layers.Dense(hidden, "relu"),
        layers.Dropout(dropout),
        layers.Dense(classes, "softmax"),
    ]
    network = Network([Stage(entries, batch_norm) for entries in stages], head)
    network(keras.Input(input_shape))
    return network


def fully_convolutional(
    stages, input_shape=(None, None, 3), map_size=(7, 7), hidden=4096, classes=1000, dropout=0.5
):
    head = [
        layers.Conv2D(hidden, map_size, activation="relu"),
        layers.Dropout(dropout),
        layers.Conv2D(hidden, 1, activation="relu"),
        layers.Dropout(dropout),
        layers.Conv2D(classes, 1),
        layers.Softmax(),
    ]
    network = Network([Stage(entries, False) for entries in stages], head)
    network(keras.Input(input_shape))
    return network
