"""Mistakes in `l2_pool_forward`."""

from autograder.checks import change, instead


@instead(
    "divided_after_the_root",
    say="You divide by n after the root. The factor 1 / n stands under the root, with the squares.",
    fails=("l2_pool_forward", "l2_pool_backward", "global_pool_backward"),
)
def l2_pool_forward(x, kernel_size, stride, ceil=False):
    rows = pooled_size(x.shape[1], kernel_size[0], stride, ceil)
    columns = pooled_size(x.shape[2], kernel_size[1], stride, ceil)
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        _, height, width, _ = x[window].shape
        y[:, i, j] = np.sqrt((x[window] ** 2).sum(axis=(1, 2))) / (height * width)
    return y


change(
    "input_changed",
    """
    return np.sqrt(mean_pool_forward(x**2, kernel_size, stride, ceil))
    """,
    """
    x *= x
    return np.sqrt(mean_pool_forward(x, kernel_size, stride, ceil))
    """,
    say=(
        "You square `x` where it lies, with `x *= x` or `x **= 2`. The caller's image is then "
        "squared too: write `x**2`, which makes a new array."
    ),
    fails=("l2_pool_forward", "l2_pool_backward", "global_pool_backward"),
    hint=None,  # The values are right; the grader sees that the input was changed.
)


@instead(
    "mean_of_magnitudes",
    say=(
        "You take the mean of the absolute values, which is L1. Square first, take the mean, then "
        "the root."
    ),
    fails=("l2_pool_forward", "l2_pool_backward", "global_pool_backward"),
)
def l2_pool_forward(x, kernel_size, stride, ceil=False):
    rows = pooled_size(x.shape[1], kernel_size[0], stride, ceil)
    columns = pooled_size(x.shape[2], kernel_size[1], stride, ceil)
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        y[:, i, j] = np.abs(x[window]).mean(axis=(1, 2))
    return y


@instead(
    "without_mean",
    say=(
        "You take the root of the sum of the squares. The slide has the factor 1 / n under the "
        "root: take the mean of the squares."
    ),
    fails=("l2_pool_forward", "l2_pool_backward", "global_pool_backward"),
)
def l2_pool_forward(x, kernel_size, stride, ceil=False):
    rows = pooled_size(x.shape[1], kernel_size[0], stride, ceil)
    columns = pooled_size(x.shape[2], kernel_size[1], stride, ceil)
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        y[:, i, j] = np.sqrt((x[window] ** 2).sum(axis=(1, 2)))
    return y


change(
    "without_root",
    "return np.sqrt(mean_pool_forward(x**2, kernel_size, stride, ceil))",
    "return mean_pool_forward(x**2, kernel_size, stride, ceil)",
    say=(
        "You stop at the mean of the squares. L2 pooling takes the root of it, so that twice the "
        "input gives twice the output."
    ),
    fails=("l2_pool_forward", "l2_pool_backward", "global_pool_backward"),
)

change(
    "mean_squared",
    "np.sqrt(mean_pool_forward(x**2, kernel_size, stride, ceil))",
    "np.sqrt(mean_pool_forward(x, kernel_size, stride, ceil) ** 2)",
    say="You square the mean. Square the values first, then take the mean, then the root.",
    fails=("l2_pool_forward", "l2_pool_backward", "global_pool_backward"),
    inside="l2_pool_forward",
)


change(
    "maximum",
    "np.sqrt(mean_pool_forward(x**2, kernel_size, stride, ceil))",
    "np.sqrt(max_pool_forward(x**2, kernel_size, stride, ceil))",
    say="You take the largest square. L2 pooling takes the mean of the squares.",
    fails=("l2_pool_forward", "l2_pool_backward", "global_pool_backward"),
    inside="l2_pool_forward",
)


change(
    "ceil_ignored",
    "mean_pool_forward(x**2, kernel_size, stride, ceil)",
    "mean_pool_forward(x**2, kernel_size, stride)",
    say="You always round down. Hand `ceil` on.",
    fails=("l2_pool_forward", "l2_pool_backward"),
    inside="l2_pool_forward",
)
