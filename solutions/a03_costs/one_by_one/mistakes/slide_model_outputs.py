"""Mistakes in `slide_model_outputs`."""

from autograder.checks import change, instead

change(
    "slide_model_linear_first_layer",
    'model.add(keras.layers.Conv2D(first, 3, padding="same", activation="relu", name="conv2d_1"))',
    'model.add(keras.layers.Conv2D(first, 3, padding="same", name="conv2d_1"))',
    say='Your 3 × 3 layer has no ReLU. The slide has `activation="relu"` in both layers.',
)

change(
    "slide_model_linear_projection",
    'model.add(keras.layers.Conv2D(maps, 1, activation="relu", name="conv2d_2"))',
    'model.add(keras.layers.Conv2D(maps, 1, name="conv2d_2"))',
    say="Your 1 × 1 layer has no ReLU. The slide gives it one: a projection with a nonlinearity.",
)

change(
    "slide_model_relu_forgotten",
    'model.add(keras.layers.Conv2D(first, 3, padding="same", activation="relu", name="conv2d_1"))',
    'model.add(keras.layers.Conv2D(first, 3, padding="same", name="conv2d_1"))',
    'model.add(keras.layers.Conv2D(maps, 1, activation="relu", name="conv2d_2"))',
    'model.add(keras.layers.Conv2D(maps, 1, name="conv2d_2"))',
    say=(
        "Neither of your layers has a ReLU. The number of parameters does not show it, the outputs "
        'do: `activation="relu"` in both.'
    ),
)

change(
    "slide_model_swapped",
    """
    model.add(keras.layers.Conv2D(first, 3, padding="same", activation="relu", name="conv2d_1"))
    if maps is not None:
        model.add(keras.layers.Conv2D(maps, 1, activation="relu", name="conv2d_2"))
    """,
    """
    before = first if maps is None else maps
    model.add(keras.layers.Conv2D(before, 3, padding="same", activation="relu", name="conv2d_1"))
    if maps is not None:
        model.add(keras.layers.Conv2D(first, 1, activation="relu", name="conv2d_2"))
    """,
    say=(
        "You gave the two layers each other's numbers of filters: `first` belongs to `conv2d_1`, "
        "`maps` to `conv2d_2`."
    ),
    fails=("slide_model_outputs", "slide_model"),
)

change(
    "slide_model_three_by_three",
    'model.add(keras.layers.Conv2D(maps, 1, activation="relu", name="conv2d_2"))',
    'model.add(keras.layers.Conv2D(maps, 3, padding="same", activation="relu", name="conv2d_2"))',
    say="Your second layer has 3 × 3 filters. It is the one with 1 × 1 filters: `Conv2D(maps, 1)`.",
    fails=("slide_model_outputs", "slide_model"),
)

change(
    "slide_model_valid_padding",
    'model.add(keras.layers.Conv2D(first, 3, padding="same", activation="relu", name="conv2d_1"))',
    'model.add(keras.layers.Conv2D(first, 3, activation="relu", name="conv2d_1"))',
    say=(
        'Your first layer loses a frame of pixels. The slide has `padding="same"`, so that the '
        "maps are as large as the image."
    ),
    fails=("slide_model_outputs", "slide_model"),
)


@instead(
    "slide_model_without_bias",
    say="You switched the biases off. In the summaries of the slides every filter has one.",
    fails=("slide_model_outputs", "slide_model"),
)
def slide_model(maps=None, first=512, input_shape=(256, 256, 3)):
    model = keras.Sequential([keras.Input(input_shape)])
    model.add(
        keras.layers.Conv2D(
            first, 3, padding="same", activation="relu", use_bias=False, name="conv2d_1"
        )
    )
    if maps is not None:
        model.add(keras.layers.Conv2D(maps, 1, activation="relu", use_bias=False, name="conv2d_2"))
    return model
