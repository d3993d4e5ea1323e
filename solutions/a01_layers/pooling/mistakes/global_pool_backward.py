"""Mistakes in `global_pool_backward`."""

from autograder.checks import change, instead

change(
    "all_added",
    """
    return backward(dout[:, np.newaxis, np.newaxis, :], x, x.shape[1:3], 1)
    """,
    """
    total = np.full((x.shape[0], 1, 1, x.shape[3]), dout.sum())
    return backward(total, x, x.shape[1:3], 1)
    """,
    say=(
        "You add up the gradients of all images and channels before you send them back. Each "
        "channel of each image has a gradient of its own: dout[b, c] goes to the pixels of x[b, :, "
        ":, c]."
    ),
)


@instead(
    "l2_not_divided",
    say=(
        "Your global L2 leaves out the factor 1 / (H W). The derivative is x / (n y) with n = H W "
        "pixels."
    ),
)
def global_pool_backward(dout, x, kind):
    upstream = dout[:, np.newaxis, np.newaxis, :]
    y = np.sqrt((x**2).mean(axis=(1, 2), keepdims=True))
    if kind == "l2":
        return upstream * x / np.where(y > 0, y, 1)
    backward = {"max": max_pool_backward, "mean": mean_pool_backward}[kind]
    return backward(upstream, x, x.shape[1:3], 1)


@instead(
    "mean_not_divided",
    say=(
        "Your global mean sends the whole gradient to every pixel. Each had a share of 1 / (H W) "
        "in the mean: divide by it."
    ),
)
def global_pool_backward(dout, x, kind):
    upstream = dout[:, np.newaxis, np.newaxis, :]
    if kind == "mean":
        return np.ones(x.shape) * upstream
    backward = {"max": max_pool_backward, "l2": l2_pool_backward}[kind]
    return backward(upstream, x, x.shape[1:3], 1)


@instead(
    "ties_all",
    say=(
        "Your global maximum sends the gradient to every pixel that equals it. The first one in "
        "reading order takes all of it."
    ),
)
def global_pool_backward(dout, x, kind):
    upstream = dout[:, np.newaxis, np.newaxis, :]
    if kind == "max":
        return (x == x.max(axis=(1, 2), keepdims=True)) * upstream
    backward = {"mean": mean_pool_backward, "l2": l2_pool_backward}[kind]
    return backward(upstream, x, x.shape[1:3], 1)


change(
    "last_maximum",
    """
    return backward(dout[:, np.newaxis, np.newaxis, :], x, x.shape[1:3], 1)
    """,
    """
    turned = backward(dout[:, np.newaxis, np.newaxis, :], x[:, ::-1, ::-1], x.shape[1:3], 1)
    return turned[:, ::-1, ::-1]
    """,
    say=(
        "Your global maximum gives the gradient to the last of equal maxima. It belongs to "
        "the first in reading order."
    ),
)


change(
    "mean_for_all",
    '"max": max_pool_backward, "mean": mean_pool_backward, "l2": l2_pool_backward',
    '"max": mean_pool_backward, "mean": mean_pool_backward, "l2": mean_pool_backward',
    say="You ignore `kind` and share the gradient evenly. Only the mean does that.",
)


change(
    "ones",
    "return backward(dout[:, np.newaxis, np.newaxis, :], x, x.shape[1:3], 1)",
    "return backward(np.ones_like(dout)[:, np.newaxis, np.newaxis, :], x, x.shape[1:3], 1)",
    say=(
        "You leave the upstream gradient out. By the chain rule everything is multiplied by `dout`."
    ),
)
