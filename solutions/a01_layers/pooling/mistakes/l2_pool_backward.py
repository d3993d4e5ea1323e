"""Mistakes in `l2_pool_backward`."""

from autograder.checks import change

change(
    "factor_two",
    """
    dx[window] += x[window] * factor[:, i, j][:, np.newaxis, np.newaxis, :] / (height * width)
    """,
    """
    y = np.sqrt((x[window] ** 2).mean(axis=(1, 2), keepdims=True))
    upstream = dout[:, i : i + 1, j : j + 1]
    dx[window] += upstream * 2 * x[window] / (height * width * np.where(y > 0, y, 1))
    """,
    say=(
        "Your gradient is twice as large as it should be. The 2 of the square cancels with the 2 "
        "of the root's derivative 1 / (2 y)."
    ),
    fails=("l2_pool_backward", "global_pool_backward"),
)

change(
    "not_divided",
    """
    _, height, width, _ = x[window].shape
    dx[window] += x[window] * factor[:, i, j][:, np.newaxis, np.newaxis, :] / (height * width)
    """,
    """
    y = np.sqrt((x[window] ** 2).mean(axis=(1, 2), keepdims=True))
    upstream = dout[:, i : i + 1, j : j + 1]
    dx[window] += upstream * x[window] / np.where(y > 0, y, 1)
    """,
    say=(
        "You leave out the factor 1 / n. The mean under the root gives it: the derivative is x / "
        "(n y)."
    ),
    fails=("l2_pool_backward", "global_pool_backward"),
)

change(
    "overwritten",
    """
    dx[window] += x[window] * factor[:, i, j][:, np.newaxis, np.newaxis, :] / (height * width)
    """,
    """
    y = np.sqrt((x[window] ** 2).mean(axis=(1, 2), keepdims=True))
    upstream = dout[:, i : i + 1, j : j + 1]
    dx[window] = upstream * x[window] / (height * width * np.where(y > 0, y, 1))
    """,
    say=(
        "Where windows overlap, the last window overwrites what the earlier ones sent. A pixel "
        "collects the gradients from all windows that see it: use `+=`."
    ),
)

change(
    "root_forgotten",
    """
    dx[window] += x[window] * factor[:, i, j][:, np.newaxis, np.newaxis, :] / (height * width)
    """,
    """
    upstream = dout[:, i : i + 1, j : j + 1]
    dx[window] += upstream * 2 * x[window] / (height * width)
    """,
    say=(
        "You differentiate the mean of the squares and forget the root. The root adds the factor 1 "
        "/ (2 y)."
    ),
    fails=("l2_pool_backward", "global_pool_backward"),
)

change(
    "sign_lost",
    """
    dx[window] += x[window] * factor[:, i, j][:, np.newaxis, np.newaxis, :] / (height * width)
    """,
    """
    y = np.sqrt((x[window] ** 2).mean(axis=(1, 2), keepdims=True))
    upstream = dout[:, i : i + 1, j : j + 1]
    dx[window] += upstream * np.abs(x[window]) / (height * width * np.where(y > 0, y, 1))
    """,
    say=(
        "You use the absolute value of x. The output grows when a negative pixel becomes more "
        "negative, so its gradient has the opposite sign of dout: x / (n y) keeps the sign of x."
    ),
    fails=("l2_pool_backward", "global_pool_backward"),
)

change(
    "zero_by_zero",
    """
    y = l2_pool_forward(x, kernel_size, stride, ceil)
    factor = np.divide(dout, y, out=np.zeros(y.shape), where=y > 0)
    """,
    """
    y = l2_pool_forward(x, kernel_size, stride, ceil)
    """,
    """
    dx[window] += x[window] * factor[:, i, j][:, np.newaxis, np.newaxis, :] / (height * width)
    """,
    """
    with np.errstate(invalid="ignore"):
        slope = x[window] / (height * width * y[:, i : i + 1, j : j + 1])
    dx[window] += dout[:, i : i + 1, j : j + 1] * slope
    """,
    say=(
        "You divide 0 by 0 in a window of zeros and get NaN. Such a window sends the gradient 0: "
        "divide only where the output is larger than 0."
    ),
    fails=("l2_pool_backward", "global_pool_backward"),
)

change(
    "times_y",
    "factor = np.divide(dout, y, out=np.zeros(y.shape), where=y > 0)",
    "factor = dout * y",
    say="You multiply by y. The derivative is x / (n y): divide.",
    fails=("l2_pool_backward", "global_pool_backward"),
    inside="l2_pool_backward",
)


change(
    "x_forgotten",
    "dx[window] += x[window] * factor",
    "dx[window] += factor",
    say="Your gradient lacks the factor x. The derivative is x / (n y).",
    fails=("l2_pool_backward", "global_pool_backward"),
    inside="l2_pool_backward",
)


change(
    "half",
    "factor = np.divide(dout, y, out=np.zeros(y.shape), where=y > 0)",
    "factor = 0.5 * np.divide(dout, y, out=np.zeros(y.shape), where=y > 0)",
    say=(
        "Your gradient is half as large as it should be. The 2 of the square cancels with the "
        "2 of the root's derivative 1 / (2 y)."
    ),
    fails=("l2_pool_backward", "global_pool_backward"),
    inside="l2_pool_backward",
)


change(
    "windows_without_stride",
    "dx[window] += x[window] * factor",
    "dx[:, i : i + height, j : j + width] += x[window] * factor",
    say=(
        "Your window (i, j) sends its gradient to row i and column j. It begins at row i * "
        "stride and column j * stride."
    ),
    inside="l2_pool_backward",
)


change(
    "divided_by_the_kernel",
    "/ (height * width)",
    "/ (kernel_size[0] * kernel_size[1])",
    say=(
        "You divide by the size of the kernel also where the window is cut off. n is the "
        "number of pixels that it really sees."
    ),
    inside="l2_pool_backward",
)


change(
    "mean_pool",
    "dx[window] += x[window] * factor[:, i, j]",
    "dx[window] += dout[:, i, j]",
    say=("That is the gradient of mean pooling. Through square and root comes the factor x / y."),
    fails=("l2_pool_backward", "global_pool_backward"),
    inside="l2_pool_backward",
)
