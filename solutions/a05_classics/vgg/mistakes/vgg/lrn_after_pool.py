"""Your LRN stands behind the pooling. In the table it is part of the stage, in front of the
max pooling.
"""

FAILS = ("vgg",)


import keras


def vgg_stages(x, stages, batch_norm=False):
    for stage, entries in enumerate(stages, start=1):
        number = 0
        for entry in entries:
            if entry == "LRN":
                continue
            number += 1
            kernel, filters = entry
            name = f"conv{stage}_{number}"
            x = keras.layers.Conv2D(
                filters, kernel, padding="same", use_bias=not batch_norm, name=name
            )(x)
            if batch_norm:
                x = keras.layers.BatchNormalization(name=f"{name}_bn")(x)
            x = keras.layers.ReLU(name=f"{name}_relu")(x)
        x = keras.layers.MaxPooling2D(2, strides=2, name=f"pool{stage}")(x)
        if "LRN" in entries:
            x = LocalResponseNorm(name=f"lrn{stage}")(x)
    return x
