"""You kept the max pool of the ImageNet networks. Here the stem leaves the maps at 32 × 32."""

import keras
from keras import layers

FAILS = ("cifar_resnet",)


def cifar_resnet(n, shortcut="padding", width=16, classes=10, input_shape=(32, 32, 3)):
    image = keras.Input(input_shape, name="image")
    x = conv(image, width, 3, name="conv1")
    x = layers.BatchNormalization(name="conv1_bn")(x)
    x = layers.ReLU(name="conv1_relu")(x)
    x = layers.MaxPooling2D(3, 2, padding="same", name="pool1")(x)
    for stage in range(3):
        for block in range(n):
            strides = 2 if stage > 0 and block == 0 else 1
            name = f"stage{stage + 1}_{block + 1}"
            x = basic_block(x, width * 2**stage, strides, shortcut, name=name)
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax", name="fc")(x))
