"""Mistakes in `average_pool_backward`."""

from autograder.checks import change, instead


@instead(
    "divided_by_height",
    say=(
        "You divide by one side of the window only. A window has height × width pixels, and it "
        "need not be square."
    ),
)
def average_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dout.shape[1:3]):
        top, left = i * stride, j * stride
        dx[:, top : top + size[0], left : left + size[1]] += dout[:, i : i + 1, j : j + 1] / size[0]
    return dx


@instead(
    "divided_by_stride",
    say=(
        "You divide by the stride squared. Each of the height × width pixels of a window has the "
        "weight 1 / (height × width), however far the windows are apart."
    ),
)
def average_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dout.shape[1:3]):
        top, left = i * stride, j * stride
        dx[:, top : top + size[0], left : left + size[1]] += (
            dout[:, i : i + 1, j : j + 1] / stride**2
        )
    return dx


@instead(
    "not_divided",
    say=(
        "You give every pixel of a window the whole gradient. The output is a mean, so each "
        "pixel's slope is 1 divided by the number of pixels in the window."
    ),
)
def average_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dout.shape[1:3]):
        top, left = i * stride, j * stride
        dx[:, top : top + size[0], left : left + size[1]] += dout[:, i : i + 1, j : j + 1]
    return dx


@instead(
    "overwritten",
    say=(
        "Where windows overlap, you keep only what the last one wrote. A pixel adds up its shares "
        "from all of its windows: use += and not =."
    ),
)
def average_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dout.shape[1:3]):
        top, left = i * stride, j * stride
        dx[:, top : top + size[0], left : left + size[1]] = dout[:, i : i + 1, j : j + 1] / (
            size[0] * size[1]
        )
    return dx


change(
    "stride_ignored",
    "bottom, right = m + stride * (rows - 1) + 1, n + stride * (columns - 1) + 1",
    "bottom, right = m + rows, n + columns",
    "dx[:, m:bottom:stride, n:right:stride] += dout / np.prod(size)",
    "dx[:, m:bottom, n:right] += dout / np.prod(size)",
    say=(
        "Your windows begin at row i and column j, whatever the stride. Window (i, j) begins "
        "at row i * stride and column j * stride."
    ),
)


change(
    "side_by_side",
    """
    bottom, right = m + stride * (rows - 1) + 1, n + stride * (columns - 1) + 1
    dx[:, m:bottom:stride, n:right:stride] += dout / np.prod(size)
    """,
    """
    part = dx[:, m :: size[0], n :: size[1]][:, :rows, :columns]
    part += (dout / np.prod(size))[:, : part.shape[1], : part.shape[2]]
    """,
    say=(
        "You let the windows stand side by side, whatever the stride. Window (i, j) begins at "
        "row i * stride and column j * stride."
    ),
)


change(
    "last_windows_missing",
    """
    _, rows, columns, _ = dout.shape
    """,
    """
    dout = dout[:, :-1, :-1]
    _, rows, columns, _ = dout.shape
    """,
    say=(
        "You leave out the last row and the last column of windows. There are as many as "
        "`dout` has rows and columns: range(rows), not range(rows - 1)."
    ),
)


change(
    "square_of_height",
    "for m, n in np.ndindex(*size):",
    "for m, n in np.ndindex(size[0], size[0]):",
    "dout / np.prod(size)",
    "dout / size[0] ** 2",
    say=(
        "You use the window's height for its width as well. `size` is (height, width), and a "
        "window need not be square."
    ),
)


change(
    "size_turned",
    "for m, n in np.ndindex(*size):",
    "for m, n in np.ndindex(size[1], size[0]):",
    say="You read `size` as (width, height). It is (height, width): rows first.",
)


change(
    "times_input",
    "dx[:, m:bottom:stride, n:right:stride] += dout / np.prod(size)",
    "dx[:, m:bottom:stride, n:right:stride] += dout * x[:, m:bottom:stride, n:right:stride] / np.prod(size)",
    say=(
        "You multiply by the input. The slope of a mean in each of its pixels is 1 / (height "
        "× width), whatever the values are."
    ),
)


change(
    "divided_by_sum",
    "dout / np.prod(size)",
    "dout / sum(size)",
    say="You divide by height + width. A window has height × width pixels.",
)


change(
    "divided_by_images",
    "dx[:, m:bottom:stride, n:right:stride] += dout / np.prod(size)",
    "dx[:, m:bottom:stride, n:right:stride] += dout / np.prod(size) / len(x)",
    say=(
        "You divide by the number of images as well. The mean over the batch belongs to the "
        "loss, and comes with `dout`."
    ),
)


change(
    "divided_by_square_of_height",
    "dout / np.prod(size)",
    "dout / size[0] ** 2",
    say=(
        "You divide by the square of the window's height. A window need not be square: divide by "
        "size[0] * size[1]."
    ),
)


change(
    "divided_by_square_of_width",
    "dout / np.prod(size)",
    "dout / size[1] ** 2",
    say=(
        "You divide by the square of the window's width. A window need not be square: divide by "
        "size[0] * size[1]."
    ),
)
