"""Mistakes in `instance_norm`."""

from autograder.checks import change

change(
    "channels_second",
    """
    mean = x.mean(axis=(1, 2), keepdims=True)
    variance = x.var(axis=(1, 2), keepdims=True)
    """,
    """
    axes = (2, 3)
    mean = np.mean(x, axis=axes, keepdims=True)
    variance = np.var(x, axis=axes, keepdims=True)
    """,
    say=(
        "You average over axes 2 and 3, as if the channels came second. Here the order is (batch, "
        "height, width, channels): average over axes 1 and 2."
    ),
)

change(
    "channels_too",
    """
    mean = x.mean(axis=(1, 2), keepdims=True)
    variance = x.var(axis=(1, 2), keepdims=True)
    """,
    """
    axes = (1, 2, 3)
    mean = np.mean(x, axis=axes, keepdims=True)
    variance = np.var(x, axis=axes, keepdims=True)
    """,
    say=(
        "That is layer normalization: your mean is over the channels too. Each channel of an image "
        "has its own."
    ),
)

change(
    "epsilon_outside",
    """
    mean = x.mean(axis=(1, 2), keepdims=True)
    variance = x.var(axis=(1, 2), keepdims=True)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    """,
    """
    axes = (1, 2)
    mean = np.mean(x, axis=axes, keepdims=True)
    variance = np.var(x, axis=axes, keepdims=True)
    return gamma * (x - mean) / (np.sqrt(variance) + epsilon) + beta
    """,
    say="Your epsilon stands outside the root. Add it to the variance first.",
)

change(
    "over_the_batch",
    """
    mean = x.mean(axis=(1, 2), keepdims=True)
    variance = x.var(axis=(1, 2), keepdims=True)
    """,
    """
    axes = (0, 1, 2)
    mean = np.mean(x, axis=axes, keepdims=True)
    variance = np.var(x, axis=axes, keepdims=True)
    """,
    say=(
        "That is batch normalization: your mean is over the images too. Each image has its own "
        "mean for each channel, over height and width alone."
    ),
)

change(
    "unbiased",
    """
    mean = x.mean(axis=(1, 2), keepdims=True)
    variance = x.var(axis=(1, 2), keepdims=True)
    """,
    """
    axes = (1, 2)
    mean = np.mean(x, axis=axes, keepdims=True)
    variance = np.var(x, axis=axes, keepdims=True, ddof=1)
    """,
    say="You divide the variance by H · W - 1. Divide by H · W.",
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
    "without_root",
    "np.sqrt(variance + epsilon)",
    "(variance + epsilon)",
    say="You divide by the variance. Divide by its root.",
)


change(
    "scale_and_shift_forgotten",
    "return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta",
    "return (x - mean) / np.sqrt(variance + epsilon)",
    say="Scale and shift are missing: gamma * x_hat + beta.",
)


change(
    "height_only",
    "mean = x.mean(axis=(1, 2), keepdims=True)",
    "mean = x.mean(axis=1, keepdims=True)",
    "variance = x.var(axis=(1, 2), keepdims=True)",
    "variance = x.var(axis=1, keepdims=True)",
    say=(
        "You average over the height alone. A channel of an image has one mean, over height "
        "and width: axis=(1, 2)."
    ),
)


change(
    "channels_alone",
    "mean = x.mean(axis=(1, 2), keepdims=True)",
    "mean = x.mean(axis=-1, keepdims=True)",
    "variance = x.var(axis=(1, 2), keepdims=True)",
    "variance = x.var(axis=-1, keepdims=True)",
    say=(
        "You average over the channels of each pixel. Average over height and width, axes 1 "
        "and 2, each channel by itself."
    ),
)
