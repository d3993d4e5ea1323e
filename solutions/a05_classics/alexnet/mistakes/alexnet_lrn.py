"""Mistakes in `alexnet_lrn`."""

from autograder.checks import change

change(
    "alpha_divided",
    "return x / keras.ops.power(k + alpha * energy, beta)",
    "return x / keras.ops.power(k + alpha / size * energy, beta)",
    say=(
        "You divide `alpha` by the number of maps in the window, as Caffe and PyTorch do. The "
        "paper's alpha multiplies the plain sum: leave `/ size` away."
    ),
    fails=("alexnet_lrn", "alexnet_simplified", "alexnet_two_gpus", "zfnet"),
)

change(
    "exponent_forgotten",
    "return x / keras.ops.power(k + alpha * energy, beta)",
    "return x / (k + alpha * energy)",
    say="You divide by the sum itself. It is raised to the power `beta` first.",
    fails=("alexnet_lrn", "alexnet_simplified", "alexnet_two_gpus", "zfnet"),
)

change(
    "k_outside",
    "return x / keras.ops.power(k + alpha * energy, beta)",
    "return x / (k + keras.ops.power(alpha * energy, beta))",
    say=(
        "You add `k` after the power. In the formula it stands inside the brackets: `(k + alpha * "
        "energy) ** beta`."
    ),
    fails=("alexnet_lrn", "alexnet_simplified", "alexnet_two_gpus", "zfnet"),
)

change(
    "not_squared",
    "squares = keras.ops.pad(keras.ops.square(x), [[0, 0], [0, 0], [0, 0], [half, half]])",
    "squares = keras.ops.pad(keras.ops.abs(x), [[0, 0], [0, 0], [0, 0], [half, half]])",
    say=(
        "You add up the neighbours themselves, so that positive and negative ones cancel. The sum "
        "is one of squares."
    ),
    fails=("alexnet_lrn", "alexnet_simplified", "alexnet_two_gpus", "zfnet"),
)

change(
    "over_pixels",
    """
    channels, half = x.shape[-1], size // 2
    squares = keras.ops.pad(keras.ops.square(x), [[0, 0], [0, 0], [0, 0], [half, half]])
    energy = sum(squares[..., shift : shift + channels] for shift in range(size))
    """,
    """
    width, half = x.shape[2], size // 2
    squares = keras.ops.pad(keras.ops.square(x), [[0, 0], [0, 0], [half, half], [0, 0]])
    energy = sum(squares[:, :, shift : shift + width] for shift in range(size))
    """,
    say=(
        "Your windows lie in the image: you add up neighbouring pixels of the same map. The "
        "neighbours are the maps beside it at the same pixel, along the last axis."
    ),
    fails=("alexnet_lrn", "alexnet_simplified", "alexnet_two_gpus", "zfnet"),
)

change(
    "radius_size",
    "channels, half = x.shape[-1], size // 2",
    "channels, half = x.shape[-1], size",
    "energy = sum(squares[..., shift : shift + channels] for shift in range(size))",
    "energy = sum(squares[..., shift : shift + channels] for shift in range(2 * size + 1))",
    say=(
        "Your windows reach `size` maps to each side. `size` is the whole window: half of it, "
        "rounded down, lies on each side of the map itself."
    ),
    fails=("alexnet_lrn", "alexnet_simplified", "alexnet_two_gpus", "zfnet"),
)

change(
    "without_itself",
    "energy = sum(squares[..., shift : shift + channels] for shift in range(size))",
    "energy = sum(squares[..., shift : shift + channels] for shift in range(size) if shift != half)",
    say=(
        "Your windows leave out the map in their middle. It belongs to its own neighbourhood: the "
        "sum begins at c − n/2 and ends at c + n/2 without a gap."
    ),
    fails=("alexnet_lrn", "alexnet_simplified", "alexnet_two_gpus", "zfnet"),
)

change(
    "wraps_around",
    """
    channels, half = x.shape[-1], size // 2
    squares = keras.ops.pad(keras.ops.square(x), [[0, 0], [0, 0], [0, 0], [half, half]])
    energy = sum(squares[..., shift : shift + channels] for shift in range(size))
    """,
    """
    half = size // 2
    squares = keras.ops.square(x)
    energy = sum(keras.ops.roll(squares, shift, axis=-1) for shift in range(-half, half + 1))
    """,
    say=(
        "Your window of the first map takes in the last ones, because `roll` joins the two ends. "
        "Beyond the ends there is nothing: pad with zeros."
    ),
    fails=("alexnet_lrn", "alexnet_simplified", "alexnet_two_gpus", "zfnet"),
)

change(
    "last_left_out",
    "for shift in range(size))",
    "for shift in range(size - 1))",
    say="Your windows end one map too early. `range` leaves its end out already: range(size).",
    fails=("alexnet_lrn", "alexnet_simplified", "alexnet_two_gpus", "zfnet"),
)


change(
    "constants_fixed",
    "return x / keras.ops.power(k + alpha * energy, beta)",
    "return x / keras.ops.power(2 + 1e-4 * energy, 0.75)",
    say="You always use AlexNet's constants. Use the arguments k, alpha and beta.",
)


change(
    "k_forgotten",
    "k + alpha * energy",
    "alpha * energy",
    say="You leave `k` out: it is added to the weighted sum.",
    fails=("alexnet_lrn", "alexnet_simplified", "alexnet_two_gpus", "zfnet"),
)


change(
    "window_of_those_behind",
    "[[0, 0], [0, 0], [0, 0], [half, half]]",
    "[[0, 0], [0, 0], [0, 0], [0, 2 * half]]",
    say=(
        "Your window begins at the map itself and takes those that follow. It has size // 2 maps on "
        "each side."
    ),
    fails=("alexnet_lrn", "alexnet_simplified", "alexnet_two_gpus", "zfnet"),
)


change(
    "window_of_those_before",
    "[[0, 0], [0, 0], [0, 0], [half, half]]",
    "[[0, 0], [0, 0], [0, 0], [2 * half, 0]]",
    say="Your window ends at the map itself. It has size // 2 maps on each side.",
    fails=("alexnet_lrn", "alexnet_simplified", "alexnet_two_gpus", "zfnet"),
)
