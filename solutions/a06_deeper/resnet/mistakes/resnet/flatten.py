"""You flatten the last maps. Global average pooling comes before the fully connected layer;
without it, that layer alone has 49 times as many weights."""

import keras
from keras import layers

FAILS = ("resnet",)


def resnet(blocks, bottleneck, stride_in="1x1", width=64, classes=1000, input_shape=(224, 224, 3)):
    image = keras.Input(input_shape, name="image")
    x = conv(image, width, 7, 2, name="conv1")
    x = layers.BatchNormalization(name="conv1_bn")(x)
    x = layers.ReLU(name="conv1_relu")(x)
    x = layers.ZeroPadding2D(1, name="pool1_pad")(x)
    x = layers.MaxPooling2D(3, 2, name="pool1")(x)
    for stage, count in enumerate(blocks):
        filters = width * 2**stage
        for block in range(count):
            strides = 2 if stage > 0 and block == 0 else 1
            name = f"conv{stage + 2}_{block + 1}"
            if bottleneck:
                x = bottleneck_block(x, filters, strides, stride_in, name=name)
            else:
                x = basic_block(x, filters, strides, name=name)
    x = layers.Flatten(name="pool5")(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax", name="fc")(x))
