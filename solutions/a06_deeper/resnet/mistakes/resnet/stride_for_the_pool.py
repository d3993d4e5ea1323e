"""Your stage 1 halves the maps in its first block, in place of the max pool. The pool does
that; the blocks of stage 1 have stride 1."""

import keras
from keras import layers

FAILS = ("resnet",)


def resnet(blocks, bottleneck, stride_in="1x1", width=64, classes=1000, input_shape=(224, 224, 3)):
    image = keras.Input(input_shape, name="image")
    x = conv(image, width, 7, 2, name="conv1")
    x = layers.BatchNormalization(name="conv1_bn")(x)
    x = layers.ReLU(name="conv1_relu")(x)
    for stage, count in enumerate(blocks):
        filters = width * 2**stage
        for block in range(count):
            strides = 2 if block == 0 else 1
            name = f"conv{stage + 2}_{block + 1}"
            if bottleneck:
                x = bottleneck_block(x, filters, strides, stride_in, name=name)
            else:
                x = basic_block(x, filters, strides, name=name)
    x = layers.GlobalAveragePooling2D(name="pool5")(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax", name="fc")(x))
