"""Mistakes in `mean_pool_forward`."""

from autograder.checks import change, instead

change(
    "channels_pooled",
    "y[:, i, j] = x[window].mean(axis=(1, 2))",
    "y[:, i, j] = x[window].mean(axis=(1, 2, 3))[:, np.newaxis]",
    say=(
        "You take one mean over all channels of the window. Each channel is pooled for itself: "
        "take the mean over axes 1 and 2 only."
    ),
    fails=("mean_pool_forward", "l2_pool_forward", "l2_pool_backward", "global_pool_backward"),
)

change(
    "divided_by_the_kernel",
    "y[:, i, j] = x[window].mean(axis=(1, 2))",
    "y[:, i, j] = x[window].sum(axis=(1, 2)) / (kernel_size[0] * kernel_size[1])",
    say=(
        "You divide by the size of the kernel also where the window is cut off. Our rule is to "
        "divide by the number of pixels that the window really sees, so that ones stay ones."
    ),
    fails=("mean_pool_forward", "l2_pool_forward", "l2_pool_backward"),
)

change(
    "not_divided",
    "y[:, i, j] = x[window].mean(axis=(1, 2))",
    "y[:, i, j] = x[window].sum(axis=(1, 2))",
    say=(
        "You add up the window and do not divide. The mean is the sum divided by the number of "
        "pixels."
    ),
    fails=("mean_pool_forward", "l2_pool_forward", "l2_pool_backward", "global_pool_backward"),
)


@instead(
    "sides_swapped",
    say=(
        "You use the kernel's width for the rows and its height for the columns. `kernel_size` is "
        "(height, width), like the axes of the image."
    ),
    fails=("mean_pool_forward", "l2_pool_forward", "l2_pool_backward", "global_pool_backward"),
)
def mean_pool_forward(x, kernel_size, stride, ceil=False):
    turned = (kernel_size[1], kernel_size[0])
    rows = pooled_size(x.shape[1], turned[0], stride, ceil)
    columns = pooled_size(x.shape[2], turned[1], stride, ceil)
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i, j, window in each_window(x, turned, stride, ceil):
        y[:, i, j] = x[window].mean(axis=(1, 2))
    return y


@instead(
    "stride_is_kernel",
    say=(
        "You let the window move by its own size and ignore `stride`. Windows may overlap or leave "
        "gaps: window (i, j) begins at (i * stride, j * stride)."
    ),
    fails=("mean_pool_forward", "l2_pool_forward", "l2_pool_backward"),
)
def mean_pool_forward(x, kernel_size, stride, ceil=False):
    kernel_height, kernel_width = kernel_size
    rows = pooled_size(x.shape[1], kernel_height, kernel_height, ceil)
    columns = pooled_size(x.shape[2], kernel_width, kernel_width, ceil)
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i in range(rows):
        for j in range(columns):
            top, left = i * kernel_height, j * kernel_width
            window = x[:, top : top + kernel_height, left : left + kernel_width]
            y[:, i, j] = window.mean(axis=(1, 2))
    return y


change(
    "whole_numbers",
    "y = np.zeros((x.shape[0], rows, columns, x.shape[3]))",
    "y = np.zeros((x.shape[0], rows, columns, x.shape[3]), dtype=int)",
    say=(
        "Your result is an array of whole numbers, which cuts off everything after the "
        "point. Make it with `np.zeros(shape)`."
    ),
    fails=("mean_pool_forward", "l2_pool_forward", "l2_pool_backward", "global_pool_backward"),
    inside="mean_pool_forward",
)


change(
    "divided_by_stride",
    "y[:, i, j] = x[window].mean(axis=(1, 2))",
    "y[:, i, j] = x[window].sum(axis=(1, 2)) / stride**2",
    say=(
        "You divide by the stride squared. The mean is over the pixels of the window, however "
        "far the windows are apart."
    ),
    fails=("mean_pool_forward", "l2_pool_forward", "l2_pool_backward", "global_pool_backward"),
    inside="mean_pool_forward",
)


change(
    "divided_by_height",
    "y[:, i, j] = x[window].mean(axis=(1, 2))",
    "y[:, i, j] = x[window].sum(axis=(1, 2)) / x[window].shape[1]",
    say="You divide by the height of the window only. It has height × width pixels.",
    fails=("mean_pool_forward", "l2_pool_forward", "l2_pool_backward", "global_pool_backward"),
    inside="mean_pool_forward",
)


change(
    "maximum",
    "y[:, i, j] = x[window].mean(axis=(1, 2))",
    "y[:, i, j] = x[window].max(axis=(1, 2))",
    say="You take the largest value. Here the mean of the window is asked for.",
    fails=("mean_pool_forward", "l2_pool_forward", "l2_pool_backward", "global_pool_backward"),
    inside="mean_pool_forward",
)
