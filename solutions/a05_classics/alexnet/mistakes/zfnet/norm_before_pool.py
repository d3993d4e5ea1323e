"""You normalize before you pool. In the figure's caption the maps are (ii) pooled and (iii)
contrast normalized, in this order."""

import keras
from keras import layers

FAILS = ("zfnet",)


def build_zfnet(
    input_shape=(224, 224, 3), filters=(96, 256, 384, 384, 256), units=4096, classes=1000
):
    image = keras.Input(input_shape)
    x = layers.ZeroPadding2D(1)(image)
    x = layers.Conv2D(filters[0], 7, strides=2, activation="relu", name="conv1")(x)
    x = LocalResponseNormalization(name="norm1")(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same", name="pool1")(x)
    x = layers.Conv2D(filters[1], 5, strides=2, activation="relu", name="conv2")(x)
    x = LocalResponseNormalization(name="norm2")(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same", name="pool2")(x)
    x = layers.Conv2D(filters[2], 3, padding="same", activation="relu", name="conv3")(x)
    x = layers.Conv2D(filters[3], 3, padding="same", activation="relu", name="conv4")(x)
    x = layers.Conv2D(filters[4], 3, padding="same", activation="relu", name="conv5")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool5")(x)
    x = layers.Flatten()(x)
    for name in ("fc6", "fc7"):
        x = layers.Dense(units, activation="relu", name=name)(x)
        x = layers.Dropout(0.5)(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))
