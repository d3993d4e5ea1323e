"""Your stage 1 starts with stride 2. Its maps keep the 32 × 32 pixels of the image; stages 2
and 3 begin with stride 2."""

import keras
from keras import layers

FAILS = ("cifar_resnet",)


def cifar_resnet(n, shortcut="padding", width=16, classes=10, input_shape=(32, 32, 3)):
    image = keras.Input(input_shape, name="image")
    x = conv(image, width, 3, name="conv1")
    x = layers.BatchNormalization(name="conv1_bn")(x)
    x = layers.ReLU(name="conv1_relu")(x)
    for stage in range(3):
        for block in range(n):
            strides = 2 if block == 0 else 1
            name = f"stage{stage + 1}_{block + 1}"
            x = basic_block(x, width * 2**stage, strides, shortcut, name=name)
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax", name="fc")(x))
