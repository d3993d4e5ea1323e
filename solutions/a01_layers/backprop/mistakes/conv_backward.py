"""Mistakes in `conv_backward`."""

from autograder.checks import change

change(
    "bias_batch_only",
    "return dx, dw, dout.sum(axis=(0, 1, 2))",
    "return dx, dw, dout.sum(axis=0)",
    say=(
        "Your `db` is summed over the batch only. The bias is added at every position of the "
        "feature map too, so sum over batch, rows and columns: axis=(0, 1, 2)."
    ),
    fails=("conv_backward", "one_step"),
)

change(
    "bias_mean",
    "return dx, dw, dout.sum(axis=(0, 1, 2))",
    "return dx, dw, dout.mean(axis=(0, 1, 2))",
    say=(
        "You take the mean of `dout` for `db`. Every image and every position adds its share to "
        "the gradient of the bias: use the sum."
    ),
    fails=("conv_backward", "one_step"),
)

change(
    "cropped_at_the_end",
    "dx = dpadded[:, padding : padding + height, padding : padding + width]",
    "dx = dpadded[:, :height, :width]",
    say=(
        "You cut the frame off at the bottom and at the right only, which shifts `dx` by `padding` "
        "pixels. Begin at row and column `padding`."
    ),
    fails=("conv_backward", "one_step"),
)

change(
    "kernel_flipped",
    "dpadded[met] += dout @ w[m, n].T",
    "dpadded[met] += dout @ w[-1 - m, -1 - n].T",
    say=(
        "You flip the kernel when you stamp it into `dx`. The pixel that tap (m, n) read gets its "
        "share back through the very same weight w[m, n]. (The flip belongs to the formula that "
        "writes dx as a convolution of `dout`.)"
    ),
    fails=("conv_backward", "one_step"),
)

change(
    "overwritten",
    "dpadded[met] += dout @ w[m, n].T",
    "dpadded[met] = dout @ w[m, n].T",
    say=(
        "Where windows overlap, you keep only what the last one wrote. A pixel adds up what all of "
        "its windows send back: use += and not =."
    ),
    fails=("conv_backward", "one_step"),
)

change(
    "padding_not_cropped",
    """
    _, height, width, _ = x.shape
    _, rows, columns, _ = dout.shape
    """,
    """
    _, rows, columns, _ = dout.shape
    """,
    "dx = dpadded[:, padding : padding + height, padding : padding + width]",
    "dx = dpadded",
    say=(
        "Your `dx` still has the frame of zeros around it. Cut `padding` rows and columns off on "
        "each side, so that it has the shape of x."
    ),
    fails=("conv_backward", "one_step"),
)

change(
    "stride_ignored",
    "dpadded[met] += dout @ w[m, n].T",
    "dpadded[:, m : m + rows, n : n + columns] += dout @ w[m, n].T",
    say=(
        "Your `dx` ignores the stride: it puts neighbouring values of `dout` onto neighbouring "
        "pixels. Window (i, j) stands at row i * stride and column j * stride, on the way back as "
        "well."
    ),
)

change(
    "weights_mean",
    "dw[m, n] = np.tensordot(padded[met], dout, axes=((0, 1, 2), (0, 1, 2)))",
    "dw[m, n] = np.tensordot(padded[met], dout, axes=((0, 1, 2), (0, 1, 2))) / len(x)",
    say=(
        "You divide `dw` by the number of images. The mean over the batch is taken once, in the "
        "loss; here all images and positions are added."
    ),
    fails=("conv_backward", "one_step"),
)

change(
    "weights_one_image",
    "dw[m, n] = np.tensordot(padded[met], dout, axes=((0, 1, 2), (0, 1, 2)))",
    "dw[m, n] = np.tensordot(padded[met][0], dout[0], axes=((0, 1), (0, 1)))",
    say=(
        "Your `dw` comes from the first image of the batch alone. All images use the same kernel: "
        "sum over the batch as well."
    ),
    fails=("conv_backward", "one_step"),
)

change(
    "weights_stride_ignored",
    """
    dw[m, n] = np.tensordot(padded[met], dout, axes=((0, 1, 2), (0, 1, 2)))
    """,
    """
    dw[m, n] = np.tensordot(
        padded[:, m : m + rows, n : n + columns], dout, axes=((0, 1, 2), (0, 1, 2))
    )
    """,
    say=(
        "Your `dw` ignores the stride: it multiplies `dout` with neighbouring pixels of x. The "
        "window of dout[:, i, j] begins at row i * stride and column j * stride."
    ),
    fails=("conv_backward", "one_step"),
)
