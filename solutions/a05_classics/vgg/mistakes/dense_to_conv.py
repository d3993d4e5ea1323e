"""Mistakes in `dense_to_conv`."""

from autograder.checks import change

change(
    "channels_first",
    """
    return kernel.reshape(height, width, -1, kernel.shape[-1])
    """,
    """
    channels = kernel.shape[0] // (height * width)
    return kernel.reshape(channels, height, width, -1).transpose(1, 2, 0, 3)
    """,
    say=(
        "You read the lines as channel by channel. Keras keeps all channels of a pixel together: "
        "the channel is the fastest."
    ),
)

change(
    "column_by_column",
    """
    return kernel.reshape(height, width, -1, kernel.shape[-1])
    """,
    """
    channels = kernel.shape[0] // (height * width)
    return kernel.reshape(width, height, channels, -1).transpose(1, 0, 2, 3)
    """,
    say=(
        "You read the lines column by column. Keras flattens row by row: the column is faster than "
        "the row."
    ),
)

change(
    "mirrored",
    """
    return kernel.reshape(height, width, -1, kernel.shape[-1])
    """,
    """
    channels = kernel.shape[0] // (height * width)
    return kernel.reshape(height, width, channels, -1)[::-1, ::-1]
    """,
    say=(
        "You turn the kernel by 180 degrees. Keras' convolution does not mirror its kernel, so "
        "neither need you."
    ),
)

change(
    "one_by_one",
    """
    return kernel.reshape(height, width, -1, kernel.shape[-1])
    """,
    """
    channels = kernel.shape[0] // (height * width)
    return kernel.reshape(1, 1, height * width * channels, -1)
    """,
    say=(
        "You make a kernel of 1 x 1 with all values as channels. The values lie on height x width "
        "pixels: that is the kernel's size."
    ),
)

change(
    "transposed",
    """
    return kernel.reshape(height, width, -1, kernel.shape[-1])
    """,
    """
    channels = kernel.shape[0] // (height * width)
    return kernel.T.reshape(height, width, channels, -1)
    """,
    say=(
        "You transpose the dense kernel first. Its lines are inputs already, as the convolution "
        "wants them."
    ),
)

change(
    "units_first",
    """
    return kernel.reshape(height, width, -1, kernel.shape[-1])
    """,
    """
    channels = kernel.shape[0] // (height * width)
    return kernel.reshape(-1, height, width, channels).transpose(1, 2, 3, 0)
    """,
    say=(
        "You reshape with the units in front. In the dense kernel they are the last axis, and stay "
        "the last one."
    ),
)
