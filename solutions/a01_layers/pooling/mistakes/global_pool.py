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
