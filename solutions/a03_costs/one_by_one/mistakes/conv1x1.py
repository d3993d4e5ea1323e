"""Mistakes in `conv1x1`."""

from autograder.checks import change

change(
    "bias_forgotten",
    """
    batch, height, width, channels = x.shape
    pixels = x.reshape(-1, channels)
    return (pixels @ kernel[0, 0] + bias).reshape(batch, height, width, -1)
    """,
    """
    return x @ kernel[0, 0]
    """,
    say=(
        "Your `conv1x1` does not add the bias. Each filter has one, and it is added to its whole "
        "map: `+ bias` after the product."
    ),
)

change(
    "channels_first",
    "pixels = x.reshape(-1, channels)",
    "pixels = x.reshape(batch, channels, height * width).transpose(0, 2, 1)",
    say=(
        "You reshape as if the channels stood first, so each row of your matrix holds values of "
        "different pixels. Here they stand last: `x.reshape(-1, channels)`."
    ),
)

change(
    "flat",
    """
    batch, height, width, channels = x.shape
    pixels = x.reshape(-1, channels)
    return (pixels @ kernel[0, 0] + bias).reshape(batch, height, width, -1)
    """,
    """
    return x.reshape(-1, x.shape[-1]) @ kernel[0, 0] + bias
    """,
    say=(
        "You return the matrix of all pixels. Give it the shape of an image again: `(batch, "
        "height, width, filters)`."
    ),
)

change(
    "mean_of_channels",
    """
    batch, height, width, channels = x.shape
    pixels = x.reshape(-1, channels)
    return (pixels @ kernel[0, 0] + bias).reshape(batch, height, width, -1)
    """,
    """
    return x @ kernel[0, 0] / x.shape[-1] + bias
    """,
    say=(
        "You divide by the number of channels. A filter adds its weighted channels up; it does not "
        "average them."
    ),
)

change(
    "transposed",
    "return (pixels @ kernel[0, 0] + bias).reshape(batch, height, width, -1)",
    "return (pixels @ kernel[0, 0].T + bias).reshape(batch, height, width, -1)",
    say=(
        "You multiply with the transposed matrix of weights. `kernel[0, 0]` has one row for each "
        "input channel and one column for each filter, which is what `pixels @ weights` needs."
    ),
)

change(
    "width_before_height",
    "return (pixels @ kernel[0, 0] + bias).reshape(batch, height, width, -1)",
    "return (pixels @ kernel[0, 0] + bias).reshape(batch, width, height, -1)",
    say=(
        "You give the result back with height and width exchanged. The rows of the product are "
        "still in the order batch, height, width: reshape to exactly that."
    ),
)

change(
    "filters_as_channels",
    "pixels @ kernel[0, 0]",
    "pixels @ kernel.reshape(kernel.shape[3], kernel.shape[2]).T",
    say=(
        "You read the kernel as (filters, channels). It is (1, 1, channels, filters): "
        "`kernel[0, 0]` is the matrix as it is, without transposing."
    ),
)


change(
    "entry_by_entry",
    "return (pixels @ kernel[0, 0] + bias).reshape(batch, height, width, -1)",
    "return x[..., :1] * kernel[0, 0, 0] + bias",
    say=(
        "You use the first channel only. A filter sums over all channels: a matrix product, "
        "`@`, and not one entry by entry."
    ),
)


change(
    "bias_for_each_channel",
    "(pixels @ kernel[0, 0] + bias)",
    "(pixels @ kernel[0, 0] + channels * bias)",
    say=(
        "You add the bias once for each channel. It is added once for each filter, after the sum."
    ),
)


change(
    "filters_second",
    ".reshape(batch, height, width, -1)",
    ".reshape(batch, -1, height, width)",
    say=(
        "You reshape with the filters before height and width. They are the last axis: "
        "(batch, height, width, filters)."
    ),
)


change(
    "relu",
    "return (pixels @ kernel[0, 0] + bias)",
    "return np.maximum(pixels @ kernel[0, 0] + bias, 0)",
    say="You apply a ReLU. The layer is linear here.",
)


change(
    "summed_over_the_filters",
    "return (pixels @ kernel[0, 0] + bias).reshape(batch, height, width, -1)",
    "return (pixels @ kernel[0, 0] + bias).sum(axis=1).reshape(batch, height, width, 1)",
    say=(
        "You sum over the filters. Each filter gives a map of its own; only the channels are "
        "summed."
    ),
)


change(
    "whole_numbers",
    "(pixels @ kernel[0, 0] + bias)",
    "(pixels @ kernel[0, 0] + bias).astype(int)",
    say=("Your result is an array of whole numbers, which cuts off everything after the point."),
)


change(
    "pixels_reshaped_sideways",
    "pixels = x.reshape(-1, channels)",
    "pixels = x.reshape(channels, -1).T",
    say=(
        "`x.reshape(channels, -1).T` mixes the values of different pixels, because the channels are "
        "the last axis. `x.reshape(-1, channels)` makes each pixel a row at once."
    ),
)
