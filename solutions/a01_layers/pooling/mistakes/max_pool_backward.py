"""Mistakes in `max_pool_backward`."""

from autograder.checks import change, instead

change(
    "columns_first",
    """
    pixels = x[window].reshape(batch, height * width, channels)
    places = np.arange(height * width)[np.newaxis, :, np.newaxis]
    is_first = places == pixels.argmax(axis=1)[:, np.newaxis, :]
    dx[window] += (is_first * dout[:, i, j][:, np.newaxis, :]).reshape(x[window].shape)
    """,
    """
    pixels = x[window].swapaxes(1, 2).reshape(batch, width * height, channels)
    is_first = np.arange(width * height)[:, np.newaxis] == pixels.argmax(axis=1)[:, np.newaxis]
    sent = is_first * dout[:, i, j][:, np.newaxis, :]
    dx[window] += sent.reshape(batch, width, height, channels).swapaxes(1, 2)
    """,
    say=(
        "You look for the first maximum column by column. Reading order goes through the rows: the "
        "row index changes slowest."
    ),
    fails=("max_pool_backward", "global_pool_backward"),
)

change(
    "input_changed",
    """
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        batch, height, width, channels = x[window].shape
        pixels = x[window].reshape(batch, height * width, channels)
        places = np.arange(height * width)[np.newaxis, :, np.newaxis]
        is_first = places == pixels.argmax(axis=1)[:, np.newaxis, :]
        dx[window] += (is_first * dout[:, i, j][:, np.newaxis, :]).reshape(x[window].shape)
    """,
    """
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        batch, height, width, channels = x[window].shape
        pixels = x[window].reshape(batch, height * width, channels)
        first = pixels.argmax(axis=1)[:, np.newaxis, :]
        is_first = np.arange(height * width)[:, np.newaxis] == first
        dx[window] += (is_first * dout[:, i, j][:, np.newaxis, :]).reshape(x[window].shape)
    x[:] = np.where(dx != 0, x, 0)
    """,
    say=(
        "You write into `x` to mark the maxima. The caller still needs its image: work on a copy, "
        "or compare indices as `argmax` gives them."
    ),
    fails=("max_pool_backward", "global_pool_backward"),
    hint=None,  # The values are right; the grader sees that the input was changed.
)

change(
    "last_maximum",
    """
    places = np.arange(height * width)[np.newaxis, :, np.newaxis]
    is_first = places == pixels.argmax(axis=1)[:, np.newaxis, :]
    dx[window] += (is_first * dout[:, i, j][:, np.newaxis, :]).reshape(x[window].shape)
    """,
    """
    last = height * width - 1 - pixels[:, ::-1].argmax(axis=1)
    is_last = np.arange(height * width)[:, np.newaxis] == last[:, np.newaxis, :]
    dx[window] += (is_last * dout[:, i, j][:, np.newaxis, :]).reshape(x[window].shape)
    """,
    say=(
        "You give the gradient to the last of equal maxima. It belongs to the first one in reading "
        "order; `np.argmax` returns that one, while `>=` in a loop keeps replacing it."
    ),
    fails=("max_pool_backward", "global_pool_backward"),
)


@instead(
    "one_place_for_all_channels",
    say=(
        "You look for the maximum of a window once and use its place for all channels. Each "
        "channel has its own maximum: keep the channel axis in `argmax`."
    ),
    fails=("max_pool_backward", "global_pool_backward"),
)
def max_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        batch, height, width, _ = x[window].shape
        first = x[window].max(axis=3).reshape(batch, height * width).argmax(axis=1)
        is_first = np.arange(height * width) == first[:, np.newaxis]
        is_first = is_first.reshape(batch, height, width, 1)
        dx[window] += is_first * dout[:, i : i + 1, j : j + 1]
    return dx


@instead(
    "overwritten",
    say=(
        "Where windows overlap, the last window overwrites what the earlier ones sent. A pixel "
        "collects the gradients of all windows that it wins: use `+=`."
    ),
)
def max_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        batch, height, width, channels = x[window].shape
        pixels = x[window].reshape(batch, height * width, channels)
        first = pixels.argmax(axis=1)
        for b in range(batch):
            for c in range(channels):
                m, n = divmod(int(first[b, c]), width)
                dx[b, i * stride + m, j * stride + n, c] = dout[b, i, j, c]
    return dx


@instead(
    "stride_is_kernel",
    say=(
        "You let the windows of the backward pass move by their own size. They stand where they "
        "stood in the forward pass: at (i * stride, j * stride)."
    ),
)
def max_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    kernel_height, kernel_width = kernel_size
    for i in range(dout.shape[1]):
        for j in range(dout.shape[2]):
            top, left = i * kernel_height, j * kernel_width
            window = np.s_[:, top : top + kernel_height, left : left + kernel_width, :]
            batch, height, width, channels = x[window].shape
            if height * width == 0:
                continue
            first = x[window].reshape(batch, height * width, channels).argmax(axis=1)
            is_first = np.arange(height * width)[:, np.newaxis] == first[:, np.newaxis, :]
            dx[window] += (is_first * dout[:, i, j][:, np.newaxis, :]).reshape(x[window].shape)
    return dx


@instead(
    "ties_all",
    say=(
        "Every pixel that equals the maximum gets the whole gradient in your answer, so a tie "
        "counts it several times. Only the first maximum in reading order gets it."
    ),
    fails=("max_pool_backward", "global_pool_backward"),
)
def max_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        is_maximum = x[window] == x[window].max(axis=(1, 2), keepdims=True)
        dx[window] += is_maximum * dout[:, i : i + 1, j : j + 1]
    return dx


@instead(
    "ties_shared",
    say=(
        "You share the gradient among equal maxima. The rule of this course is that the first "
        "maximum in reading order takes all of it."
    ),
    fails=("max_pool_backward", "global_pool_backward"),
)
def max_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        is_maximum = x[window] == x[window].max(axis=(1, 2), keepdims=True)
        share = is_maximum / is_maximum.sum(axis=(1, 2), keepdims=True)
        dx[window] += share * dout[:, i : i + 1, j : j + 1]
    return dx


@instead(
    "upstream_ignored",
    say=(
        "You mark the maxima with ones and leave the upstream gradient out. By the chain rule each "
        "window sends `dout` of its output."
    ),
    fails=("max_pool_backward", "global_pool_backward"),
)
def max_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    for _, _, window in each_window(x, kernel_size, stride, ceil):
        batch, height, width, channels = x[window].shape
        first = x[window].reshape(batch, height * width, channels).argmax(axis=1)
        is_first = np.arange(height * width)[:, np.newaxis] == first[:, np.newaxis, :]
        dx[window] += is_first.reshape(x[window].shape)
    return dx


change(
    "whole_numbers",
    "dx = np.zeros(x.shape)",
    "dx = np.zeros(x.shape, dtype=int)",
    "dx[window] += (is_first * dout[:, i, j][:, np.newaxis, :]).reshape(x[window].shape)",
    "dx[window] += (is_first * dout[:, i, j][:, np.newaxis, :]).reshape(x[window].shape).astype(int)",
    say=(
        "You collect `dx` in an array of whole numbers, which cuts off everything after the "
        "point. Make it with `np.zeros(x.shape)`."
    ),
    fails=("max_pool_backward", "global_pool_backward"),
    inside="max_pool_backward",
)


change(
    "times_value",
    "is_first * dout[:, i, j][:, np.newaxis, :]",
    "is_first * pixels * dout[:, i, j][:, np.newaxis, :]",
    say=(
        "You multiply the gradient by the value of the maximum. The derivative of a maximum "
        "with respect to its largest pixel is 1."
    ),
    fails=("max_pool_backward", "global_pool_backward"),
    inside="max_pool_backward",
)


change(
    "ceil_ignored",
    "each_window(x, kernel_size, stride, ceil)",
    "each_window(x, kernel_size, stride)",
    say=(
        "You leave out the windows that hang over the border. Use the same windows as the "
        "forward pass: hand `ceil` on."
    ),
    inside="max_pool_backward",
)


change(
    "spread_evenly",
    "dx[window] += (is_first * dout[:, i, j][:, np.newaxis, :]).reshape(x[window].shape)",
    "dx[window] += dout[:, i, j][:, np.newaxis, np.newaxis, :] / (height * width)",
    say=(
        "You spread the gradient evenly over the window, which is mean pooling. In max "
        "pooling the largest pixel gets all of it."
    ),
    fails=("max_pool_backward", "global_pool_backward"),
    inside="max_pool_backward",
)


change(
    "to_all",
    "dx[window] += (is_first * dout[:, i, j][:, np.newaxis, :]).reshape(x[window].shape)",
    "dx[window] += dout[:, i, j][:, np.newaxis, np.newaxis, :]",
    say=(
        "You give the gradient to every pixel of the window. Only its maximum decided the "
        "output; the others get 0."
    ),
    fails=("max_pool_backward", "global_pool_backward"),
    inside="max_pool_backward",
)


change(
    "windows_without_stride",
    "dx[window] += (is_first * dout[:, i, j][:, np.newaxis, :]).reshape(x[window].shape)",
    "dx[:, i : i + height, j : j + width] += (is_first * dout[:, i, j][:, np.newaxis, :]).reshape(x[window].shape)",
    say=(
        "Your window (i, j) sends its gradient to row i and column j. It begins at row i * "
        "stride and column j * stride."
    ),
    inside="max_pool_backward",
)


change(
    "height_for_width",
    """
    dx[window] += (is_first * dout[:, i, j][:, np.newaxis, :]).reshape(x[window].shape)
    """,
    """
    winners = pixels.argmax(axis=1)
    for image, channel in np.ndindex(batch, channels):
        row, column = divmod(winners[image, channel], height)
        dx[window][image, row, column, channel] += dout[image, i, j, channel]
    """,
    fails=("max_pool_backward", "global_pool_backward"),
    say=(
        "You find row and column of the winner with the window's height. Its rows are `width` pixels "
        "long: divmod(place, width)."
    ),
)
