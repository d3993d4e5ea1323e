"""Mistakes in `fold_batchnorm`."""

from autograder.checks import change

change(
    "beta_scaled",
    "return kernel * scale, (bias - moving_mean) * scale + beta",
    "return kernel * scale, (beta + bias - moving_mean) * scale",
    say="You scaled beta along with the rest. It is added after the scaling.",
)

change(
    "bias_forgotten",
    "return kernel * scale, (bias - moving_mean) * scale + beta",
    "return kernel * scale, beta + (-moving_mean) * scale",
    say=(
        "You forgot the layer's own bias. The normalization sees W x + b, so the new bias is (b - "
        "mean) * scale + beta."
    ),
)

change(
    "bias_not_scaled",
    "return kernel * scale, (bias - moving_mean) * scale + beta",
    "return kernel * scale, beta + bias - moving_mean * scale",
    say=(
        "You add the old bias as it was. It goes through the normalization too: (b - mean) * scale "
        "+ beta."
    ),
)

change(
    "epsilon_forgotten",
    "scale = gamma / np.sqrt(moving_variance + epsilon)",
    "scale = gamma / np.sqrt(moving_variance)",
    say=(
        "You forgot epsilon. The layer divided by sqrt(variance + epsilon), so the folded one must "
        "too."
    ),
)

change(
    "gamma_forgotten",
    "scale = gamma / np.sqrt(moving_variance + epsilon)",
    "scale = 1 / np.sqrt(moving_variance + epsilon)",
    say=(
        "You scale by 1 / sqrt(variance + epsilon) alone. gamma multiplies the kernel and the bias "
        "too."
    ),
)

change(
    "input_axis",
    "return kernel * scale, (bias - moving_mean) * scale + beta",
    "return kernel * scale[:, np.newaxis], beta + (bias - moving_mean) * scale",
    say=(
        "You scaled the input channels of the kernel. gamma belongs to the output channels, the "
        "last axis of a Keras kernel."
    ),
)

change(
    "mean_forgotten",
    "return kernel * scale, (bias - moving_mean) * scale + beta",
    "return kernel * scale, beta + bias * scale",
    say=(
        "You forgot the moving mean. It is subtracted before the scaling: the new bias is (b - "
        "mean) * scale + beta."
    ),
)

change(
    "variance_as_deviation",
    "scale = gamma / np.sqrt(moving_variance + epsilon)",
    "scale = gamma / (moving_variance + epsilon)",
    say="You divide by the moving variance. Take its root, with epsilon under it.",
)

change(
    "epsilon_fixed",
    "np.sqrt(moving_variance + epsilon)",
    "np.sqrt(moving_variance + 1e-3)",
    say="You always add 0.001 to the variance. Use the argument `epsilon`.",
)


change(
    "epsilon_outside",
    "np.sqrt(moving_variance + epsilon)",
    "(np.sqrt(moving_variance) + epsilon)",
    say="Your epsilon stands outside the root. Add it to the variance first.",
)


change(
    "kernel_unchanged",
    "return kernel * scale, (bias",
    "return kernel, (bias",
    say=(
        "You leave the kernel as it was. It is multiplied by gamma / sqrt(variance + "
        "epsilon), each filter by its own."
    ),
)


change(
    "mean_added",
    "(bias - moving_mean) * scale",
    "(bias + moving_mean) * scale",
    say="You add the moving mean. It is subtracted: (b - mean) * scale + beta.",
)


change(
    "beta_forgotten",
    "(bias - moving_mean) * scale + beta",
    "(bias - moving_mean) * scale",
    say="You forgot beta: the new bias is (b - mean) * scale + beta.",
)


change(
    "bias_first",
    "return kernel * scale, (bias - moving_mean) * scale + beta",
    "return (bias - moving_mean) * scale + beta, kernel * scale",
    say="You return the bias first. The order is kernel, bias.",
)
