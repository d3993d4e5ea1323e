"""Mistakes in `group_norm`."""

from autograder.checks import change

change(
    "channels_in_group_apart",
    """
    mean = grouped.mean(axis=(1, 2, 4), keepdims=True)
    variance = grouped.var(axis=(1, 2, 4), keepdims=True)
    """,
    """
    mean = grouped.mean(axis=(1, 2), keepdims=True)
    variance = grouped.var(axis=(1, 2), keepdims=True)
    """,
    say=(
        "Each channel has its own statistics in your groups, which is instance normalization. "
        "Average over the channels within a group too."
    ),
)

change(
    "for_each_pixel",
    """
    mean = grouped.mean(axis=(1, 2, 4), keepdims=True)
    variance = grouped.var(axis=(1, 2, 4), keepdims=True)
    """,
    """
    mean = grouped.mean(axis=4, keepdims=True)
    variance = grouped.var(axis=4, keepdims=True)
    """,
    say=(
        "Your statistics are over a group's channels alone, one for each pixel. They are over "
        "height and width too."
    ),
)

change(
    "interleaved",
    """
    grouped = x.reshape(batch, height, width, groups, channels // groups)
    mean = grouped.mean(axis=(1, 2, 4), keepdims=True)
    variance = grouped.var(axis=(1, 2, 4), keepdims=True)
    """,
    """
    grouped = x.reshape(batch, height, width, channels // groups, groups)
    mean = grouped.mean(axis=(1, 2, 3), keepdims=True)
    variance = grouped.var(axis=(1, 2, 3), keepdims=True)
    """,
    say=(
        "Your groups are interleaved: channels 0, G, 2G and so on. A group is a run of "
        "neighbouring channels, so after the reshape the group axis comes before the axis of the "
        "channels within it."
    ),
)

change(
    "over_the_batch",
    """
    mean = grouped.mean(axis=(1, 2, 4), keepdims=True)
    variance = grouped.var(axis=(1, 2, 4), keepdims=True)
    """,
    """
    mean = grouped.mean(axis=(0, 1, 2, 4), keepdims=True)
    variance = grouped.var(axis=(0, 1, 2, 4), keepdims=True)
    """,
    say=(
        "Your statistics are over the batch too. Group normalization looks at one image at a time: "
        "leave axis 0 out of the mean."
    ),
)

change(
    "reshaped_over_pixels",
    """
    grouped = x.reshape(batch, height, width, groups, channels // groups)
    mean = grouped.mean(axis=(1, 2, 4), keepdims=True)
    variance = grouped.var(axis=(1, 2, 4), keepdims=True)
    """,
    """
    grouped = x.reshape(batch, groups, height, width, channels // groups)
    mean = grouped.mean(axis=(2, 3, 4), keepdims=True)
    variance = grouped.var(axis=(2, 3, 4), keepdims=True)
    """,
    say=(
        "Your reshape puts the groups in front of height and width without moving the channels "
        "there, so pixels and channels are mixed. Split the last axis in two and leave the others."
    ),
)

change(
    "size_for_number",
    "grouped = x.reshape(batch, height, width, groups, channels // groups)",
    "grouped = x.reshape(batch, height, width, channels // groups, groups)",
    say=(
        "You take `groups` for the number of channels in a group. It is the number of groups, and "
        "each holds channels // groups channels."
    ),
)

change(
    "unbiased",
    "variance = grouped.var(axis=(1, 2, 4), keepdims=True)",
    "variance = grouped.var(axis=(1, 2, 4), keepdims=True, ddof=1)",
    say="You divide the variance by n - 1. Divide by n, the number of values in the group.",
)

change(
    "epsilon_fixed",
    "np.sqrt(variance + epsilon)",
    "np.sqrt(variance + 1e-3)",
    say="You always add 0.001 to the variance. Use the argument `epsilon`.",
)


change(
    "epsilon_forgotten",
    "np.sqrt(variance + epsilon)",
    "np.sqrt(variance)",
    say="You forgot epsilon under the root: sqrt(variance + epsilon).",
)


change(
    "epsilon_outside",
    "np.sqrt(variance + epsilon)",
    "(np.sqrt(variance) + epsilon)",
    say="Your epsilon stands outside the root. Add it to the variance first.",
)


change(
    "without_root",
    "np.sqrt(variance + epsilon)",
    "(variance + epsilon)",
    say="You divide by the variance. Divide by its root.",
)


change(
    "scale_and_shift_forgotten",
    "return gamma * x_hat.reshape(x.shape) + beta",
    "return x_hat.reshape(x.shape)",
    say="Scale and shift are missing: gamma * x_hat + beta, one of each for every channel.",
)


change(
    "not_shaped_back",
    """
    return gamma * x_hat.reshape(x.shape) + beta
    """,
    """
    shape = (groups, channels // groups)
    return gamma.reshape(shape) * x_hat + beta.reshape(shape)
    """,
    say=("Your result still has the groups as an axis of their own. Give it the shape of x again."),
)
