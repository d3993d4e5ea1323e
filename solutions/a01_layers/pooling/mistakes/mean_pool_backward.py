"""Mistakes in `mean_pool_backward`."""

from autograder.checks import change, instead


@instead(
    "by_differences",
    say=(
        "You use the numerical gradient as the backward pass. It is there to check your formula "
        "with: write the formula."
    ),
    fails=("mean_pool_backward", "global_pool_backward"),
    hint=None,  # Not a wrong value: the grader names the call.
)
def mean_pool_backward(dout, x, kernel_size, stride, ceil=False):
    return gradients.numerical_gradient(
        lambda z: mean_pool_forward(z, kernel_size, stride, ceil), x, dout
    )


change(
    "divided_by_the_kernel",
    """
    _, height, width, _ = x[window].shape
    dx[window] += dout[:, i, j][:, np.newaxis, np.newaxis, :] / (height * width)
    """,
    """
    dx[window] += dout[:, i : i + 1, j : j + 1] / (kernel_size[0] * kernel_size[1])
    """,
    say=(
        "You divide by the size of the kernel also where the window is cut off. Divide by the "
        "number of pixels that the window really sees, as in the forward pass."
    ),
)

change(
    "divided_by_windows",
    "dx = np.zeros(x.shape)",
    "dx, windows = np.zeros(x.shape), np.zeros(x.shape)",
    """
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        _, height, width, _ = x[window].shape
        dx[window] += dout[:, i, j][:, np.newaxis, np.newaxis, :] / (height * width)
    return dx
    """,
    """
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        _, height, width, _ = x[window].shape
        dx[window] += dout[:, i : i + 1, j : j + 1] / (height * width)
        windows[window] += 1
    return dx / np.maximum(windows, 1)
    """,
    say=(
        "You average over the windows that see a pixel. Their contributions add up, as every path "
        "through which a pixel acts on the loss adds to its gradient."
    ),
)

change(
    "not_divided",
    """
    _, height, width, _ = x[window].shape
    dx[window] += dout[:, i, j][:, np.newaxis, np.newaxis, :] / (height * width)
    """,
    """
    dx[window] += dout[:, i : i + 1, j : j + 1]
    """,
    say=(
        "Each pixel gets the whole gradient of its window. It had a share of 1 / n in the mean, so "
        "it gets dout / n."
    ),
    fails=("mean_pool_backward", "global_pool_backward"),
)

change(
    "overwritten",
    "dx[window] += dout[:, i, j][:, np.newaxis, np.newaxis, :] / (height * width)",
    "dx[window] = dout[:, i : i + 1, j : j + 1] / (height * width)",
    say=(
        "Where windows overlap, the last window overwrites what the earlier ones sent. A pixel "
        "collects its shares from all windows that see it: use `+=`."
    ),
)

change(
    "weighted_by_value",
    "dx[window] += dout[:, i, j][:, np.newaxis, np.newaxis, :] / (height * width)",
    "dx[window] += x[window] * dout[:, i : i + 1, j : j + 1] / (height * width)",
    say=(
        "You share the gradient in proportion to the pixels' values. The mean treats all its "
        "pixels alike: each gets dout / n, whatever its value."
    ),
    fails=("mean_pool_backward", "global_pool_backward"),
)

change(
    "divided_by_stride",
    "/ (height * width)",
    "/ stride**2",
    say=(
        "You divide by the stride squared. Each pixel's share is 1 / n, with n pixels in the "
        "window."
    ),
    fails=("mean_pool_backward", "global_pool_backward"),
    inside="mean_pool_backward",
)


change(
    "ceil_ignored",
    "each_window(x, kernel_size, stride, ceil)",
    "each_window(x, kernel_size, stride)",
    say=(
        "You leave out the windows that hang over the border. Use the same windows as the "
        "forward pass: hand `ceil` on."
    ),
    inside="mean_pool_backward",
)


change(
    "windows_without_stride",
    "dx[window] += dout[:, i, j]",
    "dx[:, i : i + height, j : j + width] += dout[:, i, j]",
    say=(
        "Your window (i, j) sends its gradient to row i and column j. It begins at row i * "
        "stride and column j * stride."
    ),
    inside="mean_pool_backward",
)


change(
    "maximum_only",
    "dx[window] += dout[:, i, j][:, np.newaxis, np.newaxis, :] / (height * width)",
    "dx[window] += (x[window] == x[window].max(axis=(1, 2), keepdims=True)) * dout[:, i, j][:, np.newaxis, np.newaxis, :]",
    say=(
        "You send the gradient to the largest pixel, which is max pooling. In a mean every "
        "pixel gets the same share."
    ),
    fails=("mean_pool_backward", "global_pool_backward"),
    inside="mean_pool_backward",
)
