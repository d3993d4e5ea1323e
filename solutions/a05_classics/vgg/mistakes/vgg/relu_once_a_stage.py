"""You have one ReLU in each stage, before the pooling. There is one after every convolution."""

FAILS = ("vgg", "fully_convolutional")


import keras


def vgg_stages(x, stages, batch_norm=False):
    for stage, entries in enumerate(stages, start=1):
        number = 0
        for entry in entries:
            if entry == "LRN":
                x = LocalResponseNorm(name=f"lrn{stage}")(x)
                continue
            number += 1
            kernel, filters = entry
            name = f"conv{stage}_{number}"
            x = keras.layers.Conv2D(
                filters, kernel, padding="same", use_bias=not batch_norm, name=name
            )(x)
            if batch_norm:
                x = keras.layers.BatchNormalization(name=f"{name}_bn")(x)
        x = keras.layers.ReLU(name=f"relu{stage}")(x)
        x = keras.layers.MaxPooling2D(2, strides=2, name=f"pool{stage}")(x)
    return x
