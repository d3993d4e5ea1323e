"""Mistakes in `layer_norm`."""

from autograder.checks import change

change(
    "channels_only",
    "axes = tuple(range(1, x.ndim))",
    "axes = -1",
    say=(
        "Your statistics are over the channels alone, one for each pixel. Here all of an image's "
        "height, width and channels share one mean."
    ),
)

change(
    "epsilon_outside",
    "return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta",
    "return gamma * (x - mean) / (np.sqrt(variance) + epsilon) + beta",
    say="Your epsilon stands outside the root. Add it to the variance first.",
)

change(
    "everything",
    "axes = tuple(range(1, x.ndim))",
    "axes = None",
    say="You have one mean for the whole batch. Every example has its own.",
)

change(
    "over_the_batch",
    "axes = tuple(range(1, x.ndim))",
    "axes = tuple(range(x.ndim - 1))",
    say=(
        "That is batch normalization: your mean is over the batch. Layer normalization looks at "
        "one example at a time, so average over every axis but the first."
    ),
)

change(
    "unbiased",
    "variance = x.var(axis=axes, keepdims=True)",
    "variance = np.var(x, axis=axes, keepdims=True, ddof=1)",
    say="You divide the variance by n - 1. Divide by n, the number of values in the example.",
)

change(
    "height_and_width",
    "axes = tuple(range(1, x.ndim))",
    "axes = (1, 2) if x.ndim == 4 else 1",
    say=(
        "That is instance normalization: each channel has a mean of its own. Here height, "
        "width and channels of an image share one: average over every axis but the first."
    ),
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
    "pixel_variance",
    "variance = x.var(axis=axes, keepdims=True)",
    "variance = x.var(axis=-1, keepdims=True)",
    say=(
        "Your mean is that of the example, but your variance that of each pixel. Both are "
        "over every axis but the first."
    ),
)
