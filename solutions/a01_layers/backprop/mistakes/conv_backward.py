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

change(
    "cropped_with_minus_padding",
    "dx = dpadded[:, padding : padding + height, padding : padding + width]",
    "dx = dpadded[:, padding:-padding, padding:-padding]",
    say=(
        "You cut the frame off with [padding:-padding]. Where `padding` is 0 this is [0:-0], "
        "which is empty. Write padding : padding + height."
    ),
)


change(
    "weights_last_position",
    "dw[m, n] = np.tensordot(padded[met], dout, axes=((0, 1, 2), (0, 1, 2)))",
    "dw[m, n] = padded[met][:, -1, -1].T @ dout[:, -1, -1]",
    say=(
        "Your `dw` holds only what the last window wrote. All positions use the same kernel, "
        "and each adds its share: use += and not =."
    ),
    fails=("conv_backward", "one_step"),
)


change(
    "both_overwritten",
    "dw[m, n] = np.tensordot(padded[met], dout, axes=((0, 1, 2), (0, 1, 2)))",
    "dw[m, n] = padded[met][:, -1, -1].T @ dout[:, -1, -1]",
    "dpadded[met] += dout @ w[m, n].T",
    "pass",
    """
    dx = dpadded[:, padding : padding + height, padding : padding + width]
    """,
    """
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        dpadded[:, top : top + w.shape[0], left : left + w.shape[1]] = np.tensordot(dout[:, i, j], w, axes=(1, 3))
    dx = dpadded[:, padding : padding + height, padding : padding + width]
    """,
    say=(
        "Every position overwrites what the positions before it have written, in `dx` and in "
        "`dw`. Each of them adds its share: use += and not =."
    ),
    fails=("conv_backward", "one_step"),
)


change(
    "positions_overwritten",
    "dpadded[met] += dout @ w[m, n].T",
    "pass",
    """
    dx = dpadded[:, padding : padding + height, padding : padding + width]
    """,
    """
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        dpadded[:, top : top + w.shape[0], left : left + w.shape[1]] = np.tensordot(dout[:, i, j], w, axes=(1, 3))
    dx = dpadded[:, padding : padding + height, padding : padding + width]
    """,
    say=(
        "Where windows overlap, you keep only what the last position wrote. A pixel adds up "
        "what all of its windows send back: use += and not =."
    ),
    fails=("conv_backward", "one_step"),
)


change(
    "windows_without_stride",
    """
    met = (
        slice(None),
        slice(m, m + stride * (rows - 1) + 1, stride),
        slice(n, n + stride * (columns - 1) + 1, stride),
    )
    """,
    """
    met = (slice(None), slice(m, m + rows), slice(n, n + columns))
    """,
    say=(
        "Your windows begin at row i and column j, whatever the stride, in `dx` and in `dw`. "
        "Window (i, j) begins at row i * stride and column j * stride."
    ),
    fails=("conv_backward", "one_step"),
)


change(
    "bias_per_tap",
    "return dx, dw, dout.sum(axis=(0, 1, 2))",
    "return dx, dw, dout.sum(axis=(0, 1, 2)) * w.shape[0] * w.shape[1]",
    say=(
        "You add `dout` to `db` once for each tap of the kernel. The bias is added once for "
        "each output: take its sum outside the loop over taps."
    ),
    fails=("conv_backward", "one_step"),
)


change(
    "bias_overwritten",
    "return dx, dw, dout.sum(axis=(0, 1, 2))",
    "return dx, dw, dout[:, -1, -1].sum(axis=0)",
    say=(
        "Your `db` holds only what the last position wrote. The bias is added at every "
        "position: use += and not =, or sum over batch, rows and columns."
    ),
    fails=("conv_backward", "one_step"),
)


change(
    "bias_one_number",
    "return dx, dw, dout.sum(axis=(0, 1, 2))",
    "return dx, dw, dout.sum()",
    say=(
        "Your `db` is one number. Each filter has a bias of its own: sum over batch, rows and "
        "columns, and keep the filters."
    ),
    fails=("conv_backward", "one_step"),
)


change(
    "bias_keeps_images",
    "return dx, dw, dout.sum(axis=(0, 1, 2))",
    "return dx, dw, dout.sum(axis=(1, 2))",
    say=(
        "Your `db` still has a row for each image. All images share the bias: sum over the "
        "batch, too, axis=(0, 1, 2)."
    ),
    fails=("conv_backward", "one_step"),
)


change(
    "whole_numbers",
    "dpadded, dw = np.zeros_like(padded), np.zeros_like(w)",
    "dpadded, dw = np.zeros(padded.shape, int), np.zeros(w.shape)",
    "dpadded[met] += dout @ w[m, n].T",
    "dpadded[met] += (dout @ w[m, n].T).astype(int)",
    say=(
        "You collect `dx` in an array of whole numbers, which cuts off everything after the "
        "point. Make it with `np.zeros(shape)`."
    ),
    fails=("conv_backward", "one_step"),
)


change(
    "weights_flipped",
    "dw[m, n] = np.tensordot(padded[met], dout, axes=((0, 1, 2), (0, 1, 2)))",
    "dw[-1 - m, -1 - n] = np.tensordot(padded[met], dout, axes=((0, 1, 2), (0, 1, 2)))",
    say=(
        "Your `dw` is turned by 180 degrees. Tap (m, n) met the pixels iS + m, jS + n, and "
        "its gradient stands at dw[m, n]; nothing is flipped."
    ),
    fails=("conv_backward", "one_step"),
)


change(
    "weights_not_padded",
    """
    dw[m, n] = np.tensordot(padded[met], dout, axes=((0, 1, 2), (0, 1, 2)))
    """,
    """
    x_met = x[met]
    inside = dout[:, : x_met.shape[1], : x_met.shape[2]]
    dw[m, n] = np.tensordot(x_met, inside, axes=((0, 1, 2), (0, 1, 2)))
    """,
    say=(
        "Your `dw` is computed from x without its frame of zeros. The window met the padded "
        "image: use it here, too."
    ),
    fails=("conv_backward", "one_step"),
)


change(
    "last_position_missing",
    "slice(m, m + stride * (rows - 1) + 1, stride),",
    "slice(m, m + stride * (rows - 1), stride),",
    "slice(n, n + stride * (columns - 1) + 1, stride),",
    "slice(n, n + stride * (columns - 1), stride),",
    "dw[m, n] = np.tensordot(padded[met], dout, axes=((0, 1, 2), (0, 1, 2)))",
    "dw[m, n] = np.tensordot(padded[met], dout[:, :-1, :-1], axes=((0, 1, 2), (0, 1, 2)))",
    "dpadded[met] += dout @ w[m, n].T",
    "dpadded[met] += dout[:, :-1, :-1] @ w[m, n].T",
    say=(
        "You leave out the last row and the last column of windows. There are as many "
        "positions as `dout` has rows and columns: range(rows), not range(rows - 1)."
    ),
    fails=("conv_backward", "one_step"),
)


change(
    "height_for_width",
    "for m, n in np.ndindex(w.shape[:2]):",
    "for m, n in np.ndindex(w.shape[0], w.shape[0]):",
    say=(
        "You take the kernel's height for its width as well. The kernel need not be square: "
        "w.shape[0] rows of taps, w.shape[1] columns."
    ),
    fails=("conv_backward", "one_step"),
)


change(
    "divided",
    "return dx, dw, dout.sum(axis=(0, 1, 2))",
    "return dx, dw / len(x), dout.sum(axis=(0, 1, 2)) / len(x)",
    say=(
        "You divide `dw` and `db` by the number of images. The mean over the batch is taken "
        "once, in the loss; here all images and positions are added."
    ),
    fails=("conv_backward", "one_step"),
)


change(
    "dx_divided_too",
    "return dx, dw, dout.sum(axis=(0, 1, 2))",
    "return dx / len(x), dw / len(x), dout.sum(axis=(0, 1, 2)) / len(x)",
    say=(
        "You divide the gradients by the number of images. The mean over the batch is taken "
        "once, in the loss; here you only add."
    ),
    fails=("conv_backward", "one_step"),
)


change(
    "kernel_row_height",
    "slice(n, n + stride * (columns - 1) + 1, stride),",
    "slice(m, m + stride * (columns - 1) + 1, stride),",
    say=(
        "You place the window with m in both directions. Tap (m, n) lies m rows down and n "
        "columns to the right."
    ),
    fails=("conv_backward", "one_step"),
)


change(
    "filters_and_channels_swapped",
    "dw[m, n] = np.tensordot(padded[met], dout, axes=((0, 1, 2), (0, 1, 2)))",
    "dw[m, n] = np.tensordot(dout, padded[met], axes=((0, 1, 2), (0, 1, 2))).reshape(dw[m, n].shape)",
    say=(
        "Your `dw` has filters and channels in the wrong order. `w` is (height, width, "
        "channels, filters): the input comes first in the product."
    ),
    fails=("conv_backward", "one_step"),
)


change(
    "elementwise",
    "dpadded[met] += dout @ w[m, n].T",
    "dpadded[met] += (dout * w[m, n].sum(axis=0)).sum(axis=3, keepdims=True)",
    say=(
        "You give every channel the same gradient. Each channel has weights of its own in "
        "w[m, n]: dout @ w[m, n].T, a matrix product and not one entry by entry."
    ),
    fails=("conv_backward", "one_step"),
)
