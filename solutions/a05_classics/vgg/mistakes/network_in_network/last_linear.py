"""Your last convolution is linear. Every convolution of an mlpconv layer has its ReLU, that
before the average, too.
"""

FAILS = ("network_in_network",)


import keras


def network_in_network(blocks=NIN_BLOCKS, input_shape=(32, 32, 3), dropout=0.5):
    inputs = x = keras.Input(input_shape)
    for block, (kernel, filters) in enumerate(blocks, start=1):
        if block > 1:
            x = keras.layers.MaxPooling2D(3, 2, padding="same", name=f"pool{block - 1}")(x)
            x = keras.layers.Dropout(dropout, name=f"dropout{block - 1}")(x)
        names = (f"conv{block}", f"mlp{block}_1", f"mlp{block}_2")
        for count, side, name in zip(filters, (kernel, 1, 1), names, strict=True):
            x = keras.layers.Conv2D(
                count,
                side,
                padding="same",
                activation="linear" if block == len(blocks) and name == names[2] else "relu",
                name=name,
            )(x)
    x = keras.layers.GlobalAveragePooling2D(name="average")(x)
    return keras.Model(inputs, keras.layers.Softmax(name="softmax")(x))
