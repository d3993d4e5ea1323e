"""The last BN and ReLU of the network are missing. The sum of the last block has not been
normalized by anyone when it is averaged."""

import keras
from keras import layers

FAILS = ("preactivation_resnet",)


def preactivation_resnet(n, width=16, classes=10, input_shape=(32, 32, 3)):
    image = keras.Input(input_shape, name="image")
    x = conv(image, width, 3, name="conv1")
    for stage in range(3):
        for block in range(n):
            strides = 2 if stage > 0 and block == 0 else 1
            name = f"stage{stage + 1}_{block + 1}"
            x = preactivation_block(x, width * 2**stage, strides, name=name)
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax", name="fc")(x))
