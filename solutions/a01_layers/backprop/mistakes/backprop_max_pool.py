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


change(
    "height_for_width",
    "dx[images, top + winner // width, left + winner % width, maps] += dout[:, i, j]",
    "dx[images, top + winner // height, left + winner % height, maps] += dout[:, i, j]",
    say=(
        "You turn the winner's number into row and column with the window's height. Numbers "
        "run along the rows, so divide by the *width*."
    ),
)


change(
    "last_of_the_largest",
    "winner = window.reshape(batch, height * width, channels).argmax(axis=1)",
    "winner = height * width - 1 - window.reshape(batch, height * width, channels)[:, ::-1].argmax(axis=1)",
    say=(
        "When several pixels of a window are equally large, you give the gradient to the last "
        "of them. The first one in reading order gets it."
    ),
)


change(
    "shared_among_the_largest",
    """
    winner = window.reshape(batch, height * width, channels).argmax(axis=1)
    dx[images, top + winner // width, left + winner % width, maps] += dout[:, i, j]
    """,
    """
    largest = window == window.max(axis=(1, 2), keepdims=True)
    shares = largest / largest.sum(axis=(1, 2), keepdims=True)
    dx[:, top : top + height, left : left + width] += shares * dout[:, i, j][:, None, None]
    """,
    say=(
        "When several pixels of a window are equally large, you share the gradient among "
        "them. The first one in reading order gets it all, as `argmax` picks it."
    ),
)


change(
    "values_for_gradients",
    "dx[images, top + winner // width, left + winner % width, maps] += dout[:, i, j]",
    "dx[images, top + winner // width, left + winner % width, maps] += window.max(axis=(1, 2))",
    say=(
        "You put the largest *values* back into their places. What goes there is the "
        "gradient, dout[:, i, j]."
    ),
    fails=("backprop_max_pool", "one_step"),
)


change(
    "ones",
    "dx[images, top + winner // width, left + winner % width, maps] += dout[:, i, j]",
    "dx[images, top + winner // width, left + winner % width, maps] += 1",
    say=(
        "You mark the winners with 1, the slope alone. Multiply by what comes back: the "
        "winner gets dout[:, i, j]."
    ),
    fails=("backprop_max_pool", "one_step"),
)


change(
    "times_value",
    "dx[images, top + winner // width, left + winner % width, maps] += dout[:, i, j]",
    "dx[images, top + winner // width, left + winner % width, maps] += dout[:, i, j] * window.max(axis=(1, 2))",
    say=(
        "You multiply the gradient by the largest value. The slope of a maximum in the pixel "
        "that won is 1, whatever its size."
    ),
    fails=("backprop_max_pool", "one_step"),
)


change(
    "smallest",
    "argmax(axis=1)",
    "argmin(axis=1)",
    say=(
        "You send the gradient to the smallest pixel of the window. The largest one decided "
        "the output."
    ),
    fails=("backprop_max_pool", "one_step"),
)


change(
    "last_windows_missing",
    "for i, j in np.ndindex(rows, columns):",
    "for i, j in np.ndindex(rows - 1, columns - 1):",
    say=(
        "You leave out the last row and the last column of windows. There are as many as "
        "`dout` has rows and columns: range(rows), not range(rows - 1)."
    ),
    fails=("backprop_max_pool", "one_step"),
)


change(
    "whole_numbers",
    "dx = np.zeros_like(x)",
    "dx = np.zeros(x.shape, dtype=int)",
    "dx[images, top + winner // width, left + winner % width, maps] += dout[:, i, j]",
    "dx[images, top + winner // width, left + winner % width, maps] += dout[:, i, j].astype(int)",
    say=(
        "You collect `dx` in an array of whole numbers, which cuts off everything behind the "
        "point. Make it with `np.zeros(x.shape)`."
    ),
    fails=("backprop_max_pool", "one_step"),
)


change(
    "square_of_height",
    "height, width = size",
    "height, width = size[0], size[0]",
    say=(
        "You use the window's height for its width as well. `size` is (height, width), and a "
        "window need not be square."
    ),
)


change(
    "size_turned",
    "height, width = size",
    "width, height = size",
    say="You read `size` as (width, height). It is (height, width): rows first.",
)


change(
    "width_for_stride",
    "top, left = i * stride, j * stride",
    "top, left = i * height, j * width",
    say=(
        "You let the windows stand side by side, whatever the stride. Window (i, j) begins at "
        "row i * stride and column j * stride."
    ),
)


change(
    "without_stride",
    "top, left = i * stride, j * stride",
    "top, left = i, j",
    say=(
        "Your windows begin at row i and column j. Window (i, j) begins at row i * stride and "
        "column j * stride."
    ),
    fails=("backprop_max_pool", "one_step"),
)


change(
    "added_to_the_input",
    "dx = np.zeros_like(x)",
    "dx = x.copy()",
    say=(
        "You add the gradients to a copy of the input. Begin with zeros: a pixel that wins "
        "nothing has the gradient 0."
    ),
    fails=("backprop_max_pool", "one_step"),
)
