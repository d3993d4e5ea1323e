"""You take the global maximum. GoogLeNet ends with a global average."""

import keras

FAILS = ("googlenet",)


def googlenet(
    table=TABLE,
    stem=(64, 64, 192),
    classes=1000,
    input_shape=(224, 224, 3),
    auxiliary=False,
    head=(128, 1024),
):
    conv1, conv2_reduce, conv2 = stem

    def halve(x, name):
        x = keras.layers.ZeroPadding2D(1, name=f"{name}_pad")(x)
        return keras.layers.MaxPooling2D(3, strides=2, name=name)(x)

    image = keras.Input(input_shape, name="image")
    x = keras.layers.ZeroPadding2D(3, name="conv1_pad")(image)
    x = keras.layers.Conv2D(conv1, 7, strides=2, activation="relu", name="conv1")(x)
    x = halve(x, "pool1")
    x = keras.layers.Conv2D(conv2_reduce, 1, activation="relu", name="conv2_reduce")(x)
    x = keras.layers.Conv2D(conv2, 3, padding="same", activation="relu", name="conv2")(x)
    x = halve(x, "pool2")
    heads = []
    for module, filters in table.items():
        if module == "4a":
            x = halve(x, "pool3")
        if module == "5a":
            x = halve(x, "pool4")
        x = inception(x, filters, module)
        if auxiliary and module in ("4a", "4d"):
            heads.append(auxiliary_head(x, classes, f"auxiliary_{module}", *head))
    x = keras.layers.GlobalMaxPooling2D(name="avg_pool")(x)
    x = keras.layers.Dropout(0.4, name="dropout")(x)
    main = keras.layers.Dense(classes, activation="softmax", name="linear")(x)
    return keras.Model(image, [main, *heads] if auxiliary else main)
