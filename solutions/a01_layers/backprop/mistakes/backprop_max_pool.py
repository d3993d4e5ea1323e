"""Mistakes in `backprop_max_pool`."""

from autograder.checks import change, instead


@instead(
    "max_pool_backward_all_of_the_largest",
    say=(
        "When several pixels of a window are equally large, you give the whole gradient to each of "
        "them. Only the first one in reading order gets it, as `argmax` finds it."
    ),
)
def max_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dout.shape[1:3]):
        rows = slice(i * stride, i * stride + size[0])
        columns = slice(j * stride, j * stride + size[1])
        window = x[:, rows, columns]
        won = window == window.max(axis=(1, 2), keepdims=True)
        dx[:, rows, columns] += won * dout[:, i : i + 1, j : j + 1]
    return dx


@instead(
    "max_pool_backward_channels_together",
    say=(
        "You look for one largest value in all channels of a window together. Each channel is "
        "pooled on its own and has a winner of its own."
    ),
    fails=("backprop_max_pool", "one_step"),
)
def max_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for b, i, j in np.ndindex(dout.shape[:3]):
        top, left = i * stride, j * stride
        window = x[b, top : top + size[0], left : left + size[1]]
        row, column, _ = np.unravel_index(window.argmax(), window.shape)
        dx[b, top + row, left + column] += dout[b, i, j]
    return dx


change(
    "max_pool_backward_overwritten",
    "dx = np.zeros_like(x)",
    "dx = np.zeros(x.shape)",
    "dx[images, top + winner // width, left + winner % width, maps] += dout[:, i, j]",
    "dx[images, top + winner // width, left + winner % width, maps] = dout[:, i, j]",
    say=(
        "A pixel that wins several overlapping windows keeps only the gradient of the last one. "
        "Add them up: use += and not =."
    ),
)


@instead(
    "max_pool_backward_sends_to_all",
    say=(
        "You give the gradient to every pixel of the window. Only the largest one decided the "
        "output; the others get 0."
    ),
    fails=("backprop_max_pool", "one_step"),
)
def max_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dout.shape[1:3]):
        rows, columns = i * stride, j * stride
        dx[:, rows : rows + size[0], columns : columns + size[1]] += dout[:, i : i + 1, j : j + 1]
    return dx


@instead(
    "max_pool_backward_spread_evenly",
    say=(
        "You spread the gradient evenly over the window, which is what average pooling does. In "
        "max pooling the largest pixel gets all of it."
    ),
    fails=("backprop_max_pool", "one_step"),
)
def max_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dout.shape[1:3]):
        rows, columns = i * stride, j * stride
        share = dout[:, i : i + 1, j : j + 1] / (size[0] * size[1])
        dx[:, rows : rows + size[0], columns : columns + size[1]] += share
    return dx


@instead(
    "max_pool_backward_stride_ignored",
    say=(
        "You let the windows stand side by side, whatever the stride. Window (i, j) begins at row "
        "i * stride and column j * stride."
    ),
)
def max_pool_backward(dout, x, size, stride):
    height, width = size
    dx = np.zeros(x.shape)
    for b, i, j, c in np.ndindex(dout.shape):
        top, left = i * height, j * width
        window = x[b, top : top + height, left : left + width, c]
        if window.size:
            row, column = np.unravel_index(window.argmax(), window.shape)
            dx[b, top + row, left + column, c] += dout[b, i, j, c]
    return dx
