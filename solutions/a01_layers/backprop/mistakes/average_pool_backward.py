"""Mistakes in `average_pool_backward`."""

from autograder.checks import instead


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
