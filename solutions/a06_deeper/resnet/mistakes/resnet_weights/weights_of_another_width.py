"""You build a network of sixteen filters and trained one of eight: hand in the weights of the
network that `digit_resnet` builds.
"""

FAILS = ("resnet_weights",)
HINT = None  # The shapes that do not fit are told.

import keras
from keras import layers


def digit_resnet():
    image = keras.Input((28, 28, 1))
    small = layers.AveragePooling2D(2)(image)
    return keras.Model(image, cifar_resnet(1, input_shape=(14, 14, 1))(small))
