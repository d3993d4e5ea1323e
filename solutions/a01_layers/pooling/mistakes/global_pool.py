"""Mistakes in `global_pool`."""

from autograder.checks import change

change(
    "axes_kept",
    "return x.max(axis=(1, 2))",
    "return x.max(axis=(1, 2), keepdims=True)",
    """
    if kind == "mean":
        return x.mean(axis=(1, 2))
    return np.sqrt((x**2).mean(axis=(1, 2)))
    """,
    """
    if kind == "mean":
        return x.mean(axis=(1, 2), keepdims=True)
    return np.sqrt((x**2).mean(axis=(1, 2), keepdims=True))
    """,
    say=(
        "You keep height and width as axes of size 1. The result is (batch, channels): leave out "
        "`keepdims=True`."
    ),
)

change(
    "batch_pooled",
    "return x.max(axis=(1, 2))",
    "return x.max(axis=(0, 1))",
    """
    if kind == "mean":
        return x.mean(axis=(1, 2))
    return np.sqrt((x**2).mean(axis=(1, 2)))
    """,
    """
    if kind == "mean":
        return x.mean(axis=(0, 1))
    return np.sqrt((x**2).mean(axis=(0, 1)))
    """,
    say=(
        "You pool over the images of the batch. Axis 0 is the batch; height and width are axes 1 "
        "and 2."
    ),
)

change(
    "channels_pooled",
    "return x.max(axis=(1, 2))",
    "return x.max(axis=(1, 2, 3))",
    """
    if kind == "mean":
        return x.mean(axis=(1, 2))
    return np.sqrt((x**2).mean(axis=(1, 2)))
    """,
    """
    if kind == "mean":
        return x.mean(axis=(1, 2, 3))
    return np.sqrt((x**2).mean(axis=(1, 2, 3)))
    """,
    say=(
        "You pool the channels, too, and one number for each image is left. Take axes 1 and 2 "
        "only: the result is (batch, channels)."
    ),
)

change(
    "l2_without_mean",
    "return np.sqrt((x**2).mean(axis=(1, 2)))",
    "return np.sqrt((x**2).sum(axis=(1, 2)))",
    say=(
        "Your global L2 pooling takes the root of the sum. Divide by H * W under the root, or the "
        "result grows with the size of the image."
    ),
)

change(
    "sum",
    "return x.mean(axis=(1, 2))",
    "return x.sum(axis=(1, 2))",
    say=(
        "Your global mean is the sum of all pixels. Divide by H * W, or the result grows with the "
        "size of the image."
    ),
)

change(
    "height_only",
    "return x.mean(axis=(1, 2))",
    "return x.mean(axis=1)",
    "return x.max(axis=(1, 2))",
    "return x.max(axis=1)",
    "(x**2).mean(axis=(1, 2))",
    "(x**2).mean(axis=1)",
    say=(
        "You pool the height and keep the width. One number for each channel is asked for: "
        "axes 1 and 2."
    ),
)


change(
    "l2_without_root",
    "np.sqrt((x**2).mean(axis=(1, 2)))",
    "(x**2).mean(axis=(1, 2))",
    say="Your global L2 stops at the mean of the squares. Take its root.",
)


change(
    "l2_of_the_mean",
    "np.sqrt((x**2).mean(axis=(1, 2)))",
    "np.sqrt(x.mean(axis=(1, 2)) ** 2)",
    say=(
        "Your global L2 squares the mean. Square the values first, then take the mean, then "
        "the root."
    ),
)


change(
    "channels_second",
    "return x.mean(axis=(1, 2))",
    "return x.mean(axis=(2, 3))",
    "return x.max(axis=(1, 2))",
    "return x.max(axis=(2, 3))",
    "(x**2).mean(axis=(1, 2))",
    "(x**2).mean(axis=(2, 3))",
    say=(
        "You pool over axes 2 and 3, as if the channels came second. Here the order is "
        "(batch, height, width, channels): axes 1 and 2."
    ),
)


change(
    "magnitude",
    "return x.max(axis=(1, 2))",
    "return np.abs(x).max(axis=(1, 2))",
    say=(
        "Your global maximum compares the values without their sign. The maximum of -5 and 1 is 1."
    ),
)
