"""Mistakes in `convert_kernel`."""

from autograder.checks import change, instead


@instead(
    "larger_accepted",
    say=(
        "You take the top left weights of a larger kernel and drop the rest. Only a 1 × 1 "
        "convolution is a dense layer at every pixel: raise a ValueError for any other."
    ),
    hint=None,
)
def convert_kernel(kernel):
    return kernel[np.newaxis, np.newaxis] if kernel.ndim == 2 else kernel[0, 0]


change(
    "ones_at_the_end",
    "return kernel[np.newaxis, np.newaxis]",
    "return kernel[:, :, np.newaxis, np.newaxis]",
    'raise ValueError(f"`kernel` must be 1 x 1. Received: kernel.shape={kernel.shape}")',
    'raise ValueError("not 1 x 1")',
    say=(
        "You put the two axes of length 1 at the end. In a Keras kernel the window comes first: "
        "`(1, 1, channels, filters)`."
    ),
)


@instead(
    "reshaped_the_wrong_way",
    say=(
        "You reshape to `(1, 1, units, channels)`. That mixes the weights of different filters "
        "without any error message: keep the channels before the units."
    ),
)
def convert_kernel(kernel):
    if kernel.ndim == 2:
        channels, units = kernel.shape
        return kernel.reshape(1, 1, units, channels)
    if kernel.shape[:2] != (1, 1):
        raise ValueError("not 1 x 1")
    channels, units = kernel.shape[2:]
    return kernel.reshape(units, channels)


change(
    "transposed",
    "return kernel[np.newaxis, np.newaxis]",
    "return kernel.T[np.newaxis, np.newaxis]",
    """
    if kernel.shape[:2] != (1, 1):
        raise ValueError(f"`kernel` must be 1 x 1. Received: kernel.shape={kernel.shape}")
    return kernel[0, 0]
    """,
    """
    if kernel.shape[:2] != (1, 1):
        raise ValueError("not 1 x 1")
    return kernel[0, 0].T
    """,
    say=(
        "You exchange channels and units. Both layers store the input first and the output last, "
        "so nothing is transposed."
    ),
)

change(
    "one_way_only",
    "return kernel[0, 0]",
    "return kernel",
    say="You return the kernel of a convolution as it is. Turn it into (channels, units).",
)


change(
    "sum_of_the_window",
    """
    if kernel.shape[:2] != (1, 1):
        raise ValueError(f"`kernel` must be 1 x 1. Received: kernel.shape={kernel.shape}")
    return kernel[0, 0]
    """,
    """
    return kernel.sum(axis=(0, 1))
    """,
    say=(
        "You add up the window of a larger kernel. Only a 1 x 1 kernel is a dense layer: "
        "raise a ValueError for any other."
    ),
    hint=None,
)


change(
    "three_axes",
    "return kernel[np.newaxis, np.newaxis]",
    "return kernel[np.newaxis]",
    say=("Your kernel has three axes. That of a convolution has four: (1, 1, channels, filters)."),
)
