"""Mistakes in `inception_outputs`."""

from autograder.checks import instead


@instead(
    "inception_module_added",
    say=(
        "You add the branches instead of concatenating them. Their maps stand side by side: "
        "`Concatenate`."
    ),
    fails=("inception_outputs", "inception_module"),
)
def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    def conv(maps, side, name):
        return keras.layers.Conv2D(maps, side, padding="same", activation="relu", name=name)

    ones, threes, fives = filters
    inputs = keras.Input(input_shape)
    before_3x3 = before_5x5 = inputs
    pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same")(inputs)
    if reduction is not None:
        before_3x3 = conv(reduction, 1, "reduce_3x3")(inputs)
        before_5x5 = conv(reduction, 1, "reduce_5x5")(inputs)
        pooled = conv(reduction, 1, "project_pool")(pooled)
    maps_1x1 = conv(ones, 1, "conv_1x1")(inputs)
    maps_3x3 = conv(threes, 3, "conv_3x3")(before_3x3)
    maps_5x5 = conv(fives, 5, "conv_5x5")(before_5x5)
    branches = [maps_1x1, maps_3x3, maps_5x5, pooled]
    return keras.Model(inputs, keras.layers.Add()(branches))


@instead(
    "inception_module_filters_swapped",
    say=(
        "You exchanged the filters of the 3 × 3 and the 5 × 5 branch: the second number belongs to "
        "3 × 3, the third to 5 × 5."
    ),
    fails=("inception_outputs", "inception_module"),
)
def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    def conv(maps, side, name):
        return keras.layers.Conv2D(maps, side, padding="same", activation="relu", name=name)

    ones, fives, threes = filters
    inputs = keras.Input(input_shape)
    before_3x3 = before_5x5 = inputs
    pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same")(inputs)
    if reduction is not None:
        before_3x3 = conv(reduction, 1, "reduce_3x3")(inputs)
        before_5x5 = conv(reduction, 1, "reduce_5x5")(inputs)
        pooled = conv(reduction, 1, "project_pool")(pooled)
    maps_1x1 = conv(ones, 1, "conv_1x1")(inputs)
    maps_3x3 = conv(threes, 3, "conv_3x3")(before_3x3)
    maps_5x5 = conv(fives, 5, "conv_5x5")(before_5x5)
    branches = [maps_1x1, maps_3x3, maps_5x5, pooled]
    return keras.Model(inputs, keras.layers.Concatenate()(branches))


@instead(
    "inception_module_five_is_three",
    say="Your `conv_5x5` has filters of 3 × 3. Its filters are 5 × 5.",
    fails=("inception_outputs", "inception_module"),
)
def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    def conv(maps, side, name):
        return keras.layers.Conv2D(maps, side, padding="same", activation="relu", name=name)

    ones, threes, fives = filters
    inputs = keras.Input(input_shape)
    before_3x3 = before_5x5 = inputs
    pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same")(inputs)
    if reduction is not None:
        before_3x3 = conv(reduction, 1, "reduce_3x3")(inputs)
        before_5x5 = conv(reduction, 1, "reduce_5x5")(inputs)
        pooled = conv(reduction, 1, "project_pool")(pooled)
    maps_1x1 = conv(ones, 1, "conv_1x1")(inputs)
    maps_3x3 = conv(threes, 3, "conv_3x3")(before_3x3)
    maps_5x5 = conv(fives, 3, "conv_5x5")(before_5x5)
    branches = [maps_1x1, maps_3x3, maps_5x5, pooled]
    return keras.Model(inputs, keras.layers.Concatenate()(branches))


@instead(
    "inception_module_pool_projection_forgotten",
    say=(
        "You forgot the 1 × 1 convolution after the pool. Without it all input maps are passed on, "
        "and the module grows with every stage."
    ),
    fails=("inception_outputs", "inception_module"),
)
def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    def conv(maps, side, name):
        return keras.layers.Conv2D(maps, side, padding="same", activation="relu", name=name)

    ones, threes, fives = filters
    inputs = keras.Input(input_shape)
    before_3x3 = before_5x5 = inputs
    pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same")(inputs)
    if reduction is not None:
        before_3x3 = conv(reduction, 1, "reduce_3x3")(inputs)
        before_5x5 = conv(reduction, 1, "reduce_5x5")(inputs)
    maps_1x1 = conv(ones, 1, "conv_1x1")(inputs)
    maps_3x3 = conv(threes, 3, "conv_3x3")(before_3x3)
    maps_5x5 = conv(fives, 5, "conv_5x5")(before_5x5)
    branches = [maps_1x1, maps_3x3, maps_5x5, pooled]
    return keras.Model(inputs, keras.layers.Concatenate()(branches))


@instead(
    "inception_module_reduction_after",
    say=(
        "You reduce after the 3 × 3 and the 5 × 5. The reduction stands before them, so that the "
        "large filters meet few maps."
    ),
    fails=("inception_outputs", "inception_module"),
)
def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    def conv(maps, side, name):
        return keras.layers.Conv2D(maps, side, padding="same", activation="relu", name=name)

    ones, threes, fives = filters
    inputs = keras.Input(input_shape)
    before_3x3 = before_5x5 = inputs
    pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same")(inputs)
    if reduction is not None:
        pooled = conv(reduction, 1, "project_pool")(pooled)
    maps_1x1 = conv(ones, 1, "conv_1x1")(inputs)
    maps_3x3 = conv(threes, 3, "conv_3x3")(before_3x3)
    maps_5x5 = conv(fives, 5, "conv_5x5")(before_5x5)
    if reduction is not None:
        maps_3x3 = conv(reduction, 1, "reduce_3x3")(maps_3x3)
        maps_5x5 = conv(reduction, 1, "reduce_5x5")(maps_5x5)
    branches = [maps_1x1, maps_3x3, maps_5x5, pooled]
    return keras.Model(inputs, keras.layers.Concatenate()(branches))


@instead(
    "inception_module_reductions_ignored",
    say=(
        "You build the naive module whatever `reduction` says. With a number, three more layers "
        "are needed: two in front of the large filters and one after the pool."
    ),
    fails=("inception_outputs", "inception_module"),
)
def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    def conv(maps, side, name):
        return keras.layers.Conv2D(maps, side, padding="same", activation="relu", name=name)

    ones, threes, fives = filters
    inputs = keras.Input(input_shape)
    before_3x3 = before_5x5 = inputs
    pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same")(inputs)
    if reduction is not None:
        pass
    maps_1x1 = conv(ones, 1, "conv_1x1")(inputs)
    maps_3x3 = conv(threes, 3, "conv_3x3")(before_3x3)
    maps_5x5 = conv(fives, 5, "conv_5x5")(before_5x5)
    branches = [maps_1x1, maps_3x3, maps_5x5, pooled]
    return keras.Model(inputs, keras.layers.Concatenate()(branches))


@instead(
    "inception_module_shared_reduction",
    say=(
        "You use one reduction for both large branches. Each has filters of its own, `reduce_3x3` "
        "and `reduce_5x5`."
    ),
    fails=("inception_outputs", "inception_module"),
)
def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    def conv(maps, side, name):
        return keras.layers.Conv2D(maps, side, padding="same", activation="relu", name=name)

    ones, threes, fives = filters
    inputs = keras.Input(input_shape)
    before_3x3 = before_5x5 = inputs
    pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same")(inputs)
    if reduction is not None:
        before_3x3 = before_5x5 = conv(reduction, 1, "reduce_3x3")(inputs)
        pooled = conv(reduction, 1, "project_pool")(pooled)
    maps_1x1 = conv(ones, 1, "conv_1x1")(inputs)
    maps_3x3 = conv(threes, 3, "conv_3x3")(before_3x3)
    maps_5x5 = conv(fives, 5, "conv_5x5")(before_5x5)
    branches = [maps_1x1, maps_3x3, maps_5x5, pooled]
    return keras.Model(inputs, keras.layers.Concatenate()(branches))


@instead(
    "inception_module_valid_padding",
    say=(
        "Your branches have different sizes and cannot be concatenated. Give every convolution "
        '`padding="same"`.'
    ),
    fails=("inception_outputs", "inception_module"),
)
def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    def conv(maps, side, name):
        return keras.layers.Conv2D(maps, side, activation="relu", name=name)

    ones, threes, fives = filters
    inputs = keras.Input(input_shape)
    before_3x3 = before_5x5 = inputs
    pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same")(inputs)
    if reduction is not None:
        before_3x3 = conv(reduction, 1, "reduce_3x3")(inputs)
        before_5x5 = conv(reduction, 1, "reduce_5x5")(inputs)
        pooled = conv(reduction, 1, "project_pool")(pooled)
    maps_1x1 = conv(ones, 1, "conv_1x1")(inputs)
    maps_3x3 = conv(threes, 3, "conv_3x3")(before_3x3)
    maps_5x5 = conv(fives, 5, "conv_5x5")(before_5x5)
    branches = [maps_1x1, maps_3x3, maps_5x5, pooled]
    return keras.Model(inputs, keras.layers.Concatenate()(branches))


@instead(
    "inception_module_without_bias",
    say=(
        "You switched the biases of the module off. Every convolution here has one for each filter."
    ),
    fails=("inception_outputs", "inception_module"),
)
def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    def conv(maps, side, name):
        return keras.layers.Conv2D(
            maps, side, padding="same", activation="relu", use_bias=False, name=name
        )

    ones, threes, fives = filters
    inputs = keras.Input(input_shape)
    before_3x3 = before_5x5 = inputs
    pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same")(inputs)
    if reduction is not None:
        before_3x3 = conv(reduction, 1, "reduce_3x3")(inputs)
        before_5x5 = conv(reduction, 1, "reduce_5x5")(inputs)
        pooled = conv(reduction, 1, "project_pool")(pooled)
    maps_1x1 = conv(ones, 1, "conv_1x1")(inputs)
    maps_3x3 = conv(threes, 3, "conv_3x3")(before_3x3)
    maps_5x5 = conv(fives, 5, "conv_5x5")(before_5x5)
    branches = [maps_1x1, maps_3x3, maps_5x5, pooled]
    return keras.Model(inputs, keras.layers.Concatenate()(branches))


@instead(
    "average_pool",
    say=(
        "You average in the pool branch. It takes the largest value of each window: `MaxPooling2D`."
    ),
    fails=("inception_outputs", "inception_module"),
)
def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    def conv(maps, side, name):
        return keras.layers.Conv2D(maps, side, padding="same", activation="relu", name=name)

    ones, threes, fives = filters
    inputs = keras.Input(input_shape)
    before_3x3 = before_5x5 = inputs
    pooled = keras.layers.AveragePooling2D(3, strides=1, padding="same")(inputs)
    if reduction is not None:
        before_3x3 = conv(reduction, 1, "reduce_3x3")(inputs)
        before_5x5 = conv(reduction, 1, "reduce_5x5")(inputs)
        pooled = conv(reduction, 1, "project_pool")(pooled)
    maps_1x1 = conv(ones, 1, "conv_1x1")(inputs)
    maps_3x3 = conv(threes, 3, "conv_3x3")(before_3x3)
    maps_5x5 = conv(fives, 5, "conv_5x5")(before_5x5)
    branches = [maps_1x1, maps_3x3, maps_5x5, pooled]
    return keras.Model(inputs, keras.layers.Concatenate()(branches))


@instead(
    "linear",
    say="Your convolutions have no ReLU. Each of them has one, the reductions too.",
)
def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    def conv(maps, side, name):
        return keras.layers.Conv2D(maps, side, padding="same", name=name)

    ones, threes, fives = filters
    inputs = keras.Input(input_shape)
    before_3x3 = before_5x5 = inputs
    pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same")(inputs)
    if reduction is not None:
        before_3x3 = conv(reduction, 1, "reduce_3x3")(inputs)
        before_5x5 = conv(reduction, 1, "reduce_5x5")(inputs)
        pooled = conv(reduction, 1, "project_pool")(pooled)
    maps_1x1 = conv(ones, 1, "conv_1x1")(inputs)
    maps_3x3 = conv(threes, 3, "conv_3x3")(before_3x3)
    maps_5x5 = conv(fives, 5, "conv_5x5")(before_5x5)
    branches = [maps_1x1, maps_3x3, maps_5x5, pooled]
    return keras.Model(inputs, keras.layers.Concatenate()(branches))


@instead(
    "linear_reductions",
    say="Your reductions have no ReLU. Every convolution of the module has one.",
)
def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    def conv(maps, side, name):
        return keras.layers.Conv2D(
            maps, side, padding="same", activation="relu" if "conv" in name else None, name=name
        )

    ones, threes, fives = filters
    inputs = keras.Input(input_shape)
    before_3x3 = before_5x5 = inputs
    pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same")(inputs)
    if reduction is not None:
        before_3x3 = conv(reduction, 1, "reduce_3x3")(inputs)
        before_5x5 = conv(reduction, 1, "reduce_5x5")(inputs)
        pooled = conv(reduction, 1, "project_pool")(pooled)
    maps_1x1 = conv(ones, 1, "conv_1x1")(inputs)
    maps_3x3 = conv(threes, 3, "conv_3x3")(before_3x3)
    maps_5x5 = conv(fives, 5, "conv_5x5")(before_5x5)
    branches = [maps_1x1, maps_3x3, maps_5x5, pooled]
    return keras.Model(inputs, keras.layers.Concatenate()(branches))


@instead(
    "order",
    say=(
        "You concatenate in another order. The maps come out as in the table: 1 × 1, 3 × 3, 5 × 5, "
        "pool."
    ),
)
def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    def conv(maps, side, name):
        return keras.layers.Conv2D(maps, side, padding="same", activation="relu", name=name)

    ones, threes, fives = filters
    inputs = keras.Input(input_shape)
    before_3x3 = before_5x5 = inputs
    pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same")(inputs)
    if reduction is not None:
        before_3x3 = conv(reduction, 1, "reduce_3x3")(inputs)
        before_5x5 = conv(reduction, 1, "reduce_5x5")(inputs)
        pooled = conv(reduction, 1, "project_pool")(pooled)
    maps_1x1 = conv(ones, 1, "conv_1x1")(inputs)
    maps_3x3 = conv(threes, 3, "conv_3x3")(before_3x3)
    maps_5x5 = conv(fives, 5, "conv_5x5")(before_5x5)
    branches = [pooled, maps_1x1, maps_3x3, maps_5x5]
    return keras.Model(inputs, keras.layers.Concatenate()(branches))


@instead(
    "pool_after_projection",
    say="You project before you pool. The 1 × 1 convolution comes after the max pool.",
    fails=("inception_outputs", "inception_module"),
)
def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    def conv(maps, side, name):
        return keras.layers.Conv2D(maps, side, padding="same", activation="relu", name=name)

    ones, threes, fives = filters
    inputs = keras.Input(input_shape)
    before_3x3 = before_5x5 = inputs
    pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same")(inputs)
    if reduction is not None:
        before_3x3 = conv(reduction, 1, "reduce_3x3")(inputs)
        before_5x5 = conv(reduction, 1, "reduce_5x5")(inputs)
        projected = conv(reduction, 1, "project_pool")(inputs)
        pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same")(projected)
    maps_1x1 = conv(ones, 1, "conv_1x1")(inputs)
    maps_3x3 = conv(threes, 3, "conv_3x3")(before_3x3)
    maps_5x5 = conv(fives, 5, "conv_5x5")(before_5x5)
    branches = [maps_1x1, maps_3x3, maps_5x5, pooled]
    return keras.Model(inputs, keras.layers.Concatenate()(branches))


@instead(
    "pool_forgotten",
    say=(
        "Your pool branch has no pool, only its 1 × 1 convolution. Put `MaxPooling2D(3, strides=1, "
        'padding="same")` in front of it.'
    ),
    fails=("inception_outputs", "inception_module"),
)
def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    def conv(maps, side, name):
        return keras.layers.Conv2D(maps, side, padding="same", activation="relu", name=name)

    ones, threes, fives = filters
    inputs = keras.Input(input_shape)
    before_3x3 = before_5x5 = inputs
    pooled = inputs
    if reduction is not None:
        before_3x3 = conv(reduction, 1, "reduce_3x3")(inputs)
        before_5x5 = conv(reduction, 1, "reduce_5x5")(inputs)
        pooled = conv(reduction, 1, "project_pool")(pooled)
    maps_1x1 = conv(ones, 1, "conv_1x1")(inputs)
    maps_3x3 = conv(threes, 3, "conv_3x3")(before_3x3)
    maps_5x5 = conv(fives, 5, "conv_5x5")(before_5x5)
    branches = [maps_1x1, maps_3x3, maps_5x5, pooled]
    return keras.Model(inputs, keras.layers.Concatenate()(branches))


@instead(
    "pool_of_two",
    say="Your pool has windows of 2 × 2. They are 3 × 3, with stride 1 and `same` padding.",
    fails=("inception_outputs", "inception_module"),
)
def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    def conv(maps, side, name):
        return keras.layers.Conv2D(maps, side, padding="same", activation="relu", name=name)

    ones, threes, fives = filters
    inputs = keras.Input(input_shape)
    before_3x3 = before_5x5 = inputs
    pooled = keras.layers.MaxPooling2D(2, strides=1, padding="same")(inputs)
    if reduction is not None:
        before_3x3 = conv(reduction, 1, "reduce_3x3")(inputs)
        before_5x5 = conv(reduction, 1, "reduce_5x5")(inputs)
        pooled = conv(reduction, 1, "project_pool")(pooled)
    maps_1x1 = conv(ones, 1, "conv_1x1")(inputs)
    maps_3x3 = conv(threes, 3, "conv_3x3")(before_3x3)
    maps_5x5 = conv(fives, 5, "conv_5x5")(before_5x5)
    branches = [maps_1x1, maps_3x3, maps_5x5, pooled]
    return keras.Model(inputs, keras.layers.Concatenate()(branches))


@instead(
    "reductions_crossed",
    say=(
        "Your `reduce_3x3` feeds the 5 × 5 and your `reduce_5x5` the 3 × 3. The parameters agree, "
        "the outputs do not: exchange them."
    ),
)
def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    def conv(maps, side, name):
        return keras.layers.Conv2D(maps, side, padding="same", activation="relu", name=name)

    ones, threes, fives = filters
    inputs = keras.Input(input_shape)
    before_3x3 = before_5x5 = inputs
    pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same")(inputs)
    if reduction is not None:
        before_5x5 = conv(reduction, 1, "reduce_3x3")(inputs)
        before_3x3 = conv(reduction, 1, "reduce_5x5")(inputs)
        pooled = conv(reduction, 1, "project_pool")(pooled)
    maps_1x1 = conv(ones, 1, "conv_1x1")(inputs)
    maps_3x3 = conv(threes, 3, "conv_3x3")(before_3x3)
    maps_5x5 = conv(fives, 5, "conv_5x5")(before_5x5)
    branches = [maps_1x1, maps_3x3, maps_5x5, pooled]
    return keras.Model(inputs, keras.layers.Concatenate()(branches))
