"""Mistakes in `vgg`."""

from autograder.checks import change, instead

change(
    "average_pools",
    """
    name = f"conv{stage}_{number}"
    kernel, filters = entry
    """,
    """
    kernel, filters = entry
    name = f"conv{stage}_{number}"
    """,
    'x = keras.layers.MaxPooling2D(2, strides=2, name=f"pool{stage}")(x)',
    'x = keras.layers.AveragePooling2D(2, strides=2, name=f"pool{stage}")(x)',
    say="You pool by the average. Every stage of VGG ends with a max pooling.",
    fails=("vgg", "fully_convolutional"),
)


@instead(
    "bn_after_relu",
    say=(
        "Your batch normalization comes after the ReLU. Put it between the convolution and its "
        "ReLU."
    ),
)
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
            x = keras.layers.ReLU(name=f"{name}_relu")(x)
            if batch_norm:
                x = keras.layers.BatchNormalization(name=f"{name}_bn")(x)
        x = keras.layers.MaxPooling2D(2, strides=2, name=f"pool{stage}")(x)
    return x


change(
    "bn_ignored",
    """
    name = f"conv{stage}_{number}"
    kernel, filters = entry
    """,
    """
    kernel, filters = entry
    name = f"conv{stage}_{number}"
    """,
    """
    )(x)
    if batch_norm:
        x = keras.layers.BatchNormalization(name=f"{name}_bn")(x)
    """,
    """
    )(x)
    """,
    say=(
        "Your network does not look at `batch_norm`. If it is true, batch normalization follows "
        "every convolution."
    ),
)

change(
    "bn_once_a_stage",
    """
    name = f"conv{stage}_{number}"
    kernel, filters = entry
    """,
    """
    kernel, filters = entry
    name = f"conv{stage}_{number}"
    """,
    "if batch_norm:",
    "if batch_norm and number == 1:",
    say=(
        "You normalize once in a stage. With `batch_norm=True` batch normalization follows every "
        "convolution."
    ),
)


@instead(
    "bn_with_bias",
    say=(
        "Your convolutions keep their bias in front of batch normalization, which subtracts it "
        "again. With `batch_norm=True` they have none."
    ),
)
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
            x = keras.layers.Conv2D(filters, kernel, padding="same", name=name)(x)
            if batch_norm:
                x = keras.layers.BatchNormalization(name=f"{name}_bn")(x)
            x = keras.layers.ReLU(name=f"{name}_relu")(x)
        x = keras.layers.MaxPooling2D(2, strides=2, name=f"pool{stage}")(x)
    return x


change(
    "dropout_at_the_end",
    """
    return keras.Model(inputs, keras.layers.Dense(classes, activation="softmax", name="FC8")(x))
    """,
    """
    x = keras.layers.Dense(classes, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, keras.layers.Dropout(dropout, name="FC8_dropout")(x))
    """,
    say=(
        "Your dropout also sets scores to zero, after FC8. Only the first two dense layers have it."
    ),
)

change(
    "dropout_before_dense",
    """
    for name in ("FC6", "FC7"):
        x = keras.layers.Dense(hidden, activation="relu", name=name)(x)
        x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x)
    return keras.Model(inputs, keras.layers.Dense(classes, activation="softmax", name="FC8")(x))
    """,
    """
    for name in ("FC6", "FC7"):
        x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x)
        x = keras.layers.Dense(hidden, activation="relu", name=name)(x)
    x = keras.layers.Dense(classes, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, x)
    """,
    say="Your dropout stands in front of FC6 and FC7. It follows them.",
)

change(
    "dropout_rate_fixed",
    "keras.layers.Dropout(dropout,",
    "keras.layers.Dropout(0.5,",
    say="Your rate of dropout is always 0.5. Take it from the argument.",
    inside="vgg",
)

change(
    "filters_of_the_stage",
    """
    name = f"conv{stage}_{number}"
    kernel, filters = entry
    """,
    """
    kernel, filters = entry[0], entries[0][1]
    name = f"conv{stage}_{number}"
    """,
    say=(
        "You give all convolutions of a stage the filters of its first one. Take each number from "
        "its own entry."
    ),
    fails=("vgg", "fully_convolutional"),
)

change(
    "global_pooling",
    'x = keras.layers.Flatten(name="flatten")(x)',
    'x = keras.layers.GlobalAveragePooling2D(name="average")(x)',
    """
    return keras.Model(inputs, keras.layers.Dense(classes, activation="softmax", name="FC8")(x))
    """,
    """
    x = keras.layers.Dense(classes, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, x)
    """,
    say=(
        "You average the maps before FC6, as later networks do. VGG flattens them, and FC6 sees "
        "every pixel of them."
    ),
)

change(
    "hidden_fixed",
    """
    for name in ("FC6", "FC7"):
        x = keras.layers.Dense(hidden, activation="relu", name=name)(x)
        x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x)
    return keras.Model(inputs, keras.layers.Dense(classes, activation="softmax", name="FC8")(x))
    """,
    """
    for name in ("FC6", "FC7"):
        x = keras.layers.Dense(4096, activation="relu", name=name)(x)
        x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x)
    x = keras.layers.Dense(classes, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, x)
    """,
    say="FC6 and FC7 always have 4096 units in your network. Take their number from `hidden`.",
)

change(
    "last_pool_missing",
    """
    name = f"conv{stage}_{number}"
    kernel, filters = entry
    """,
    """
    kernel, filters = entry
    name = f"conv{stage}_{number}"
    """,
    """
    x = keras.layers.MaxPooling2D(2, strides=2, name=f"pool{stage}")(x)
    """,
    """
    if stage < len(stages):
        x = keras.layers.MaxPooling2D(2, strides=2, name=f"pool{stage}")(x)
    """,
    say="Your last stage has no pooling. All five stages end with one, so 224 pixels become 7.",
    fails=("vgg", "fully_convolutional"),
)

change(
    "linear_head",
    """
    for name in ("FC6", "FC7"):
        x = keras.layers.Dense(hidden, activation="relu", name=name)(x)
        x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x)
    return keras.Model(inputs, keras.layers.Dense(classes, activation="softmax", name="FC8")(x))
    """,
    """
    for name in ("FC6", "FC7"):
        x = keras.layers.Dense(hidden, name=name)(x)
        x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x)
    x = keras.layers.Dense(classes, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, x)
    """,
    say=(
        "FC6 and FC7 have no ReLU, so the three dense layers are one. Give both "
        '`activation="relu"`.'
    ),
)

change(
    "lrn_after_pool",
    """
    if entry == "LRN":
        x = LocalResponseNorm(name=f"lrn{stage}")(x)
    """,
    """
    if entry == "LRN":
    """,
    """
    name = f"conv{stage}_{number}"
    kernel, filters = entry
    """,
    """
    kernel, filters = entry
    name = f"conv{stage}_{number}"
    """,
    """
    x = keras.layers.MaxPooling2D(2, strides=2, name=f"pool{stage}")(x)
    """,
    """
    x = keras.layers.MaxPooling2D(2, strides=2, name=f"pool{stage}")(x)
    if "LRN" in entries:
        x = LocalResponseNorm(name=f"lrn{stage}")(x)
    """,
    say=(
        "Your LRN comes after the pooling. In the table it is part of the stage, in front of the "
        "max pooling."
    ),
)

change(
    "lrn_before_relu",
    """
    if entry == "LRN":
        x = LocalResponseNorm(name=f"lrn{stage}")(x)
    """,
    """
    if entry == "LRN":
    """,
    """
    name = f"conv{stage}_{number}"
    kernel, filters = entry
    """,
    """
    kernel, filters = entry
    name = f"conv{stage}_{number}"
    """,
    """
    x = keras.layers.ReLU(name=f"{name}_relu")(x)
    """,
    """
    if "LRN" in entries:
        x = LocalResponseNorm(name=f"lrn{stage}")(x)
    x = keras.layers.ReLU(name=f"{name}_relu")(x)
    """,
    say="Your LRN stands before the ReLU. It normalizes what the ReLU lets through: put it after it.",
)

change(
    "lrn_ignored",
    """
    if entry == "LRN":
        x = LocalResponseNorm(name=f"lrn{stage}")(x)
    """,
    """
    if entry == "LRN":
    """,
    """
    name = f"conv{stage}_{number}"
    kernel, filters = entry
    """,
    """
    kernel, filters = entry
    name = f"conv{stage}_{number}"
    """,
    say='You skip "LRN". Configuration A-LRN has your layer after the ReLU of stage 1.',
)

change(
    "one_convolution_short",
    "for entry in entries:",
    "for entry in entries[:-1] or entries:",
    """
    name = f"conv{stage}_{number}"
    kernel, filters = entry
    """,
    """
    kernel, filters = entry
    name = f"conv{stage}_{number}"
    """,
    say=(
        "You leave out the last convolution of every stage. `range` and `[:-1]` end one earlier "
        "than one thinks."
    ),
    fails=("vgg", "fully_convolutional"),
)

change(
    "one_hidden_layer",
    'for name in ("FC6", "FC7"):',
    'for name in ("FC6",):',
    """
    return keras.Model(inputs, keras.layers.Dense(classes, activation="softmax", name="FC8")(x))
    """,
    """
    x = keras.layers.Dense(classes, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, x)
    """,
    say="Your head has one hidden layer. VGG has two, FC6 and FC7.",
)


@instead(
    "only_three_by_three",
    say=(
        "You make every kernel 3 x 3. Configuration C has some of 1 x 1: take the side from the "
        "entry."
    ),
    fails=("vgg", "fully_convolutional"),
)
def vgg_stages(x, stages, batch_norm=False):
    for stage, entries in enumerate(stages, start=1):
        number = 0
        for entry in entries:
            if entry == "LRN":
                x = LocalResponseNorm(name=f"lrn{stage}")(x)
                continue
            number += 1
            _, filters = entry
            name = f"conv{stage}_{number}"
            x = keras.layers.Conv2D(filters, 3, padding="same", use_bias=not batch_norm, name=name)(
                x
            )
            if batch_norm:
                x = keras.layers.BatchNormalization(name=f"{name}_bn")(x)
            x = keras.layers.ReLU(name=f"{name}_relu")(x)
        x = keras.layers.MaxPooling2D(2, strides=2, name=f"pool{stage}")(x)
    return x


change(
    "overlapping_pools",
    """
    name = f"conv{stage}_{number}"
    kernel, filters = entry
    """,
    """
    kernel, filters = entry
    name = f"conv{stage}_{number}"
    """,
    'x = keras.layers.MaxPooling2D(2, strides=2, name=f"pool{stage}")(x)',
    'x = keras.layers.MaxPooling2D(3, strides=2, name=f"pool{stage}")(x)',
    say="Your pooling windows are 3 x 3, like AlexNet's. VGG pools 2 x 2 with stride 2.",
    fails=("vgg", "fully_convolutional"),
)


@instead(
    "relu_once_a_stage",
    say=(
        "You have one ReLU in each stage, before the pooling. There is one after every convolution."
    ),
    fails=("vgg", "fully_convolutional"),
)
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


change(
    "sigmoid_scores",
    """
    return keras.Model(inputs, keras.layers.Dense(classes, activation="softmax", name="FC8")(x))
    """,
    """
    x = keras.layers.Dense(classes, activation="sigmoid", name="FC8")(x)
    return keras.Model(inputs, x)
    """,
    say=(
        "Your scores come from a sigmoid, each for itself. An image has one class: softmax makes "
        "the scores add up to 1."
    ),
)


@instead(
    "strides_for_pools",
    say=(
        "You halve the maps with the stride of the last convolution. VGG's convolutions all have "
        "stride 1, and a max pooling halves."
    ),
    fails=("vgg", "fully_convolutional"),
)
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


@instead(
    "valid_padding",
    say=(
        "Your convolutions have no padding, so the maps shrink by 2 pixels in every layer. All VGG "
        'convolutions have `padding="same"`.'
    ),
    fails=("vgg", "fully_convolutional"),
)
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
            x = keras.layers.Conv2D(filters, kernel, use_bias=not batch_norm, name=name)(x)
            if batch_norm:
                x = keras.layers.BatchNormalization(name=f"{name}_bn")(x)
            x = keras.layers.ReLU(name=f"{name}_relu")(x)
        x = keras.layers.MaxPooling2D(2, strides=2, name=f"pool{stage}")(x)
    return x


@instead(
    "without_biases",
    say="Your convolutions have no bias. They do have one, unless batch normalization follows.",
    fails=("vgg", "fully_convolutional"),
)
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
            x = keras.layers.Conv2D(filters, kernel, padding="same", use_bias=False, name=name)(x)
            if batch_norm:
                x = keras.layers.BatchNormalization(name=f"{name}_bn")(x)
            x = keras.layers.ReLU(name=f"{name}_relu")(x)
        x = keras.layers.MaxPooling2D(2, strides=2, name=f"pool{stage}")(x)
    return x


change(
    "without_dropout",
    """
    for name in ("FC6", "FC7"):
        x = keras.layers.Dense(hidden, activation="relu", name=name)(x)
        x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x)
    return keras.Model(inputs, keras.layers.Dense(classes, activation="softmax", name="FC8")(x))
    """,
    """
    for name in ("FC6", "FC7"):
        x = keras.layers.Dense(hidden, activation="relu", name=name)(x)
    x = keras.layers.Dense(classes, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, x)
    """,
    say="Your network has no dropout. VGG has it after FC6 and after FC7.",
)

change(
    "without_relu",
    """
    name = f"conv{stage}_{number}"
    kernel, filters = entry
    """,
    """
    kernel, filters = entry
    name = f"conv{stage}_{number}"
    """,
    """
    if batch_norm:
        x = keras.layers.BatchNormalization(name=f"{name}_bn")(x)
    x = keras.layers.ReLU(name=f"{name}_relu")(x)
    """,
    """
    if batch_norm:
        x = keras.layers.BatchNormalization(name=f"{name}_bn")(x)
    """,
    say=(
        "There is no ReLU after your convolutions: without it three of them are no more than one "
        "larger one."
    ),
    fails=("vgg", "fully_convolutional"),
)

change(
    "without_softmax",
    """
    return keras.Model(inputs, keras.layers.Dense(classes, activation="softmax", name="FC8")(x))
    """,
    """
    x = keras.layers.Dense(classes, name="FC8")(x)
    return keras.Model(inputs, x)
    """,
    say="Your scores are no probabilities: FC8 ends with a softmax.",
)

change(
    "dropout_kept",
    "keras.layers.Dropout(dropout,",
    "keras.layers.Dropout(1 - dropout,",
    say=(
        "You take `dropout` for the share that is kept. It is the share that is set to zero, "
        "and so is Keras' `rate`."
    ),
    inside="vgg",
)


change(
    "dropout_after_fc6_only",
    'x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x)',
    'x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x) if name == "FC6" else x',
    say="You have dropout after FC6 only. It stands after FC7 as well.",
    fails=("vgg",),
    inside="vgg",
)


change(
    "dropout_after_fc7_only",
    'x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x)',
    'x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x) if name == "FC7" else x',
    say="You have dropout after FC7 only. It stands after FC6 as well.",
    fails=("vgg",),
    inside="vgg",
)
