"""You halve the maps with the stride of the last convolution. VGG's convolutions all have
stride 1, and a max pooling halves.
"""

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
            strides = 2 if entry is entries[-1] and number == len(entries) else 1
            x = keras.layers.Conv2D(
                filters, kernel, strides, padding="same", use_bias=not batch_norm, name=name
            )(x)
            if batch_norm:
                x = keras.layers.BatchNormalization(name=f"{name}_bn")(x)
            x = keras.layers.ReLU(name=f"{name}_relu")(x)
    return x
