"""You trained the residual network and build the plain one. Option A has no weights, so the file
fits, and every sum is missing.
"""

FAILS = ("resnet_weights",)
HINT = None  # An accuracy has many causes.

import keras
from keras import layers


def digit_resnet():
    image = keras.Input((28, 28, 1))
    small = layers.AveragePooling2D(2)(image)
    return keras.Model(image, cifar_resnet(1, None, width=8, input_shape=(14, 14, 1))(small))
