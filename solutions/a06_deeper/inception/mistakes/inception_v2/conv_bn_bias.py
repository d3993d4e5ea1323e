"""Your convolutions have biases. The normalization subtracts them again, so they are left out:
`use_bias=False`.
"""

import keras

FAILS = (
    "inception_v2",
    "inception_v3",
    "inception_resnet",
)


def conv_bn(x, filters, kernel_size, name="conv"):
    conv = keras.layers.Conv2D(filters, kernel_size, padding="same", name=name)
    norm = keras.layers.BatchNormalization(name=f"{name}_bn")
    return keras.layers.ReLU(name=f"{name}_relu")(norm(conv(x)))
