"""Mistakes in `reuse_map`."""

from autograder.checks import change

change(
    "reuse_without_magnitude",
    "np.abs(kernel).mean(axis=(0, 1, 3))",
    "kernel.mean(axis=(0, 1, 3))",
    say="You average the weights themselves, and positive and negative ones cancel. Take magnitudes.",
)

change(
    "reuse_magnitude_of_the_mean",
    """
        sizes = np.abs(kernel).mean(axis=(0, 1, 3))
        result[0, layer] = sizes[:channels].mean()
        for source in range(1, layer + 1):
            start = channels + (source - 1) * growth
            result[source, layer] = sizes[start : start + growth].mean()
    """,
    """
        sizes = kernel.mean(axis=(0, 1, 3))
        result[0, layer] = abs(sizes[:channels].mean())
        for source in range(1, layer + 1):
            start = channels + (source - 1) * growth
            result[source, layer] = abs(sizes[start : start + growth].mean())
    """,
    say=(
        "You take the magnitude of the mean, and in the mean positive and negative weights have "
        "cancelled already. Take the mean of the magnitudes."
    ),
)

change(
    "reuse_squares",
    "np.abs(kernel).mean(axis=(0, 1, 3))",
    "np.sqrt((kernel**2).mean(axis=(0, 1, 3)))",
    say="You take root mean squares. Asked is the mean of the absolute weights.",
)

change(
    "reuse_sums",
    "result[source, layer] = sizes[start : start + growth].mean()",
    "result[source, layer] = sizes[start : start + growth].sum()",
    say="You add the channels of a layer up. Sources with more channels would seem louder: average.",
)

change(
    "reuse_newest_first",
    "start = channels + (source - 1) * growth",
    "start = channels + (layer - source) * growth",
    say=(
        "You read the groups of channels from the newest to the oldest. The maps stand in the order in "
        "which they were made."
    ),
)

change(
    "reuse_input_is_one_layer",
    "result[0, layer] = sizes[:channels].mean()",
    "result[0, layer] = sizes[:growth].mean()",
    say="Your source 0 has k channels. The block was given `channels` of them.",
)

change(
    "reuse_input_last",
    "result[0, layer] = sizes[:channels].mean()",
    "result[0, layer] = sizes[len(sizes) - channels :].mean()",
    "start = channels + (source - 1) * growth",
    "start = (source - 1) * growth",
    say="You look for the block's input behind the new maps. It comes first.",
)

change(
    "reuse_transposed",
    "return result",
    "return result.T",
    say="Your rows and columns are exchanged: the source is the row, the layer that reads the column.",
)

change(
    "reuse_share_of_the_column",
    "return result",
    "return result / result.sum(axis=0)",
    say="You divide each column by its sum. Asked are the mean magnitudes themselves.",
)

change(
    "reuse_filters_as_sources",
    "np.abs(kernel).mean(axis=(0, 1, 3))",
    "np.resize(np.abs(kernel).mean(axis=(0, 1, 2)), kernel.shape[2])",
    say=(
        "You average over the input channels and look at the filters. The sources are the input "
        "channels, axis 2 of a kernel."
    ),
)
