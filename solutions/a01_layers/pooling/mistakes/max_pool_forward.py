"""Mistakes in `max_pool_forward`."""

from autograder.checks import change, instead

change(
    "batch_pooled",
    "y[:, i, j] = x[window].max(axis=(1, 2))",
    "y[:, i, j] = x[window].max(axis=(0, 1, 2))",
    say=(
        "You take the maximum over the images of the batch, too, so they all give the same map. "
        "Axis 0 must stay: take the maximum over axes 1 and 2."
    ),
    fails=("max_pool_forward", "unchanged_fraction"),
)


@instead(
    "by_keras",
    say=(
        "You let Keras do the pooling. Write it yourself: walk over the windows and take the "
        "maximum of each."
    ),
    fails=("max_pool_forward", "unchanged_fraction"),
    hint=None,  # Not a wrong value: the grader names the call.
)
def max_pool_forward(x, kernel_size, stride, ceil=False):
    return keras.ops.max_pool(x, kernel_size, stride)


change(
    "channels_pooled",
    "y[:, i, j] = x[window].max(axis=(1, 2))",
    "y[:, i, j] = x[window].max(axis=(1, 2, 3))[:, np.newaxis]",
    say=(
        "You take one maximum over all channels of the window. Each channel is pooled for itself: "
        "take the maximum over axes 1 and 2 only."
    ),
)

change(
    "largest_magnitude",
    "y[:, i, j] = x[window].max(axis=(1, 2))",
    "y[:, i, j] = np.abs(x[window]).max(axis=(1, 2))",
    say=(
        "You compare the values without their sign. The maximum of -5 and 1 is 1: do not take the "
        "absolute value."
    ),
)


@instead(
    "sides_swapped",
    say=(
        "You use the kernel's width for the rows and its height for the columns. `kernel_size` is "
        "(height, width), like the axes of the image."
    ),
    fails=("max_pool_forward", "unchanged_fraction"),
)
def max_pool_forward(x, kernel_size, stride, ceil=False):
    turned = (kernel_size[1], kernel_size[0])
    rows = max(pooled_size(x.shape[1], turned[0], stride, ceil), 0)
    columns = max(pooled_size(x.shape[2], turned[1], stride, ceil), 0)
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i, j, window in each_window(x, turned, stride, ceil):
        y[:, i, j] = x[window].max(axis=(1, 2))
    return y


change(
    "starts_at_zero",
    "y[:, i, j] = x[window].max(axis=(1, 2))",
    "y[:, i, j] = np.maximum(y[:, i, j], x[window].max(axis=(1, 2)))",
    say=(
        "Your running maximum starts at 0, so a window of negative values gives 0. Start with the "
        "first pixel of the window or with -inf."
    ),
)


@instead(
    "stride_is_kernel",
    say=(
        "You let the window move by its own size and ignore `stride`. Windows may overlap or leave "
        "gaps: window (i, j) begins at (i * stride, j * stride)."
    ),
    fails=("max_pool_forward", "unchanged_fraction"),
)
def max_pool_forward(x, kernel_size, stride, ceil=False):
    kernel_height, kernel_width = kernel_size
    rows = pooled_size(x.shape[1], kernel_height, kernel_height, ceil)
    columns = pooled_size(x.shape[2], kernel_width, kernel_width, ceil)
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i in range(rows):
        for j in range(columns):
            top, left = i * kernel_height, j * kernel_width
            window = x[:, top : top + kernel_height, left : left + kernel_width]
            y[:, i, j] = window.max(axis=(1, 2))
    return y


@instead(
    "zeros_at_the_border",
    say=(
        "You complete a window that is cut off with zeros, and they win where all values are "
        "negative. Take the maximum of the pixels that are there, or fill with -inf."
    ),
)
def max_pool_forward(x, kernel_size, stride, ceil=False):
    rows = pooled_size(x.shape[1], kernel_size[0], stride, ceil)
    columns = pooled_size(x.shape[2], kernel_size[1], stride, ceil)
    bottom = max((rows - 1) * stride + kernel_size[0] - x.shape[1], 0)
    right = max((columns - 1) * stride + kernel_size[1] - x.shape[2], 0)
    padded = np.pad(x, ((0, 0), (0, bottom), (0, right), (0, 0)))
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = padded[:, top : top + kernel_size[0], left : left + kernel_size[1]]
            y[:, i, j] = window.max(axis=(1, 2))
    return y


change(
    "whole_numbers",
    "y = np.zeros((x.shape[0], rows, columns, x.shape[3]))",
    "y = np.zeros((x.shape[0], rows, columns, x.shape[3]), dtype=int)",
    say=(
        "Your result is an array of whole numbers, which cuts off everything after the "
        "point. Make it with `np.zeros(shape)`."
    ),
    inside="max_pool_forward",
)


change(
    "ceil_ignored",
    "rows = pooled_size(x.shape[1], kernel_size[0], stride, ceil)",
    "rows = pooled_size(x.shape[1], kernel_size[0], stride)",
    "columns = pooled_size(x.shape[2], kernel_size[1], stride, ceil)",
    "columns = pooled_size(x.shape[2], kernel_size[1], stride)",
    "each_window(x, kernel_size, stride, ceil)",
    "each_window(x, kernel_size, stride)",
    say=(
        "You always round down. With ceil=True there is a window more where the last one does "
        "not fit."
    ),
    inside="max_pool_forward",
)


change(
    "square_window",
    "y[:, i, j] = x[window].max(axis=(1, 2))",
    "y[:, i, j] = x[window][:, :, : kernel_size[0]].max(axis=(1, 2))",
    say=(
        "You use the window's height for its width as well. `kernel_size` is (height, width), "
        "and they may differ."
    ),
    fails=("max_pool_forward", "unchanged_fraction"),
    inside="max_pool_forward",
)


change(
    "smallest",
    "y[:, i, j] = x[window].max(axis=(1, 2))",
    "y[:, i, j] = x[window].min(axis=(1, 2))",
    say="You take the smallest value. Max pooling takes the largest.",
    fails=("max_pool_forward", "unchanged_fraction"),
    inside="max_pool_forward",
)


change(
    "mean",
    "y[:, i, j] = x[window].max(axis=(1, 2))",
    "y[:, i, j] = x[window].mean(axis=(1, 2))",
    say="You take the mean of the window. Max pooling takes the largest value.",
    inside="max_pool_forward",
)


change(
    "columns_only",
    "y[:, i, j] = x[window].max(axis=(1, 2))",
    "y[:, i, j] = x[window].max(axis=1)[:, 0]",
    say=(
        "You take the maximum of the first column alone. The window has rows and columns: "
        "axes 1 and 2."
    ),
    fails=("max_pool_forward", "unchanged_fraction"),
    inside="max_pool_forward",
)


change(
    "transposed",
    "y[:, i, j] = x[window].max(axis=(1, 2))",
    "y[:, j % rows, i % columns] = x[window].max(axis=(1, 2))",
    say=(
        "You write rows into columns. The first index of the map belongs to the height: y[:, i, j]."
    ),
    fails=("max_pool_forward", "unchanged_fraction"),
    inside="max_pool_forward",
)
