"""Mistakes in `soft_pool_backward`."""

from autograder.checks import change

change(
    "largest_takes_all",
    "shares = powers / powers.sum(axis=(4, 5), keepdims=True)",
    "shares = (powers == 1) / (powers == 1).sum(axis=(4, 5), keepdims=True)",
    say=(
        "You send the whole gradient to the largest pixel, as max pooling does. Here every pixel "
        "gets its share, exp(βx) over the sum of the window."
    ),
    fails=("soft_pool_backward", "one_step"),
)

change(
    "spread_evenly",
    "shares = powers / powers.sum(axis=(4, 5), keepdims=True)",
    "shares = np.ones_like(powers) / np.prod(size)",
    say=(
        "You spread the gradient evenly, as average pooling does. The shares depend on the "
        "values: exp(βx) over the sum of the window."
    ),
    fails=("soft_pool_backward", "one_step"),
)

change(
    "sharpness_forgotten",
    "scaled = sharpness * windows(x, size, stride)",
    "scaled = windows(x, size, stride)",
    say="Your shares do not depend on β. The exponent is sharpness * x.",
    fails=("soft_pool_backward", "one_step"),
)

change(
    "divided_by_sharpness",
    "scaled = sharpness * windows(x, size, stride)",
    "scaled = windows(x, size, stride) / sharpness",
    say="You divide the values by β. The exponent is sharpness * x.",
    fails=("soft_pool_backward", "one_step"),
)

change(
    "times_sharpness",
    "dx[:, m:bottom:stride, n:right:stride] += dout * shares[..., m, n]",
    "dx[:, m:bottom:stride, n:right:stride] += sharpness * dout * shares[..., m, n]",
    say=(
        "Your gradient is β times too large. β comes down from the exponent, and the 1/β in front"
        " of the logarithm cancels it."
    ),
    fails=("soft_pool_backward", "one_step"),
)

change(
    "over_sharpness",
    "dx[:, m:bottom:stride, n:right:stride] += dout * shares[..., m, n]",
    "dx[:, m:bottom:stride, n:right:stride] += dout / sharpness * shares[..., m, n]",
    say=(
        "Your gradient is β times too small. The 1/β in front of the logarithm meets the β that "
        "comes down from the exponent: they cancel."
    ),
    fails=("soft_pool_backward", "one_step"),
)

change(
    "mean_for_sum",
    "shares = powers / powers.sum(axis=(4, 5), keepdims=True)",
    "shares = powers / powers.mean(axis=(4, 5), keepdims=True)",
    say=(
        "You divide by the mean of the powers, so your shares add up to the number of pixels. The"
        " two 1/K cancel: divide by the sum."
    ),
    fails=("soft_pool_backward", "one_step"),
)

change(
    "divided_by_pixels",
    "dx[:, m:bottom:stride, n:right:stride] += dout * shares[..., m, n]",
    "dx[:, m:bottom:stride, n:right:stride] += dout * shares[..., m, n] / np.prod(size)",
    say=(
        "You divide by the number of pixels as well. The two 1/K cancel: the shares of a window "
        "add up to 1."
    ),
    fails=("soft_pool_backward", "one_step"),
)

change(
    "not_divided",
    "shares = powers / powers.sum(axis=(4, 5), keepdims=True)",
    "shares = powers",
    say=("You do not divide by the sum of the powers. The shares of a window must add up to 1."),
    fails=("soft_pool_backward", "one_step"),
)

change(
    "over_all_windows",
    "shares = powers / powers.sum(axis=(4, 5), keepdims=True)",
    "shares = powers / powers.sum(axis=(1, 2, 4, 5), keepdims=True)",
    say="You divide by the sum over all windows of an image. Each window has its own sum.",
    fails=("soft_pool_backward", "one_step"),
)

change(
    "channels_together",
    "shares = powers / powers.sum(axis=(4, 5), keepdims=True)",
    "shares = powers / powers.sum(axis=(3, 4, 5), keepdims=True)",
    say="You divide by a sum over the channels too. Each channel is pooled on its own.",
    fails=("soft_pool_backward", "one_step"),
)

change(
    "rows_of_the_window",
    "shares = powers / powers.sum(axis=(4, 5), keepdims=True)",
    "shares = powers / powers.sum(axis=5, keepdims=True)",
    say=(
        "You divide by the sum of a row of the window. The sum runs over all its pixels, height "
        "and width."
    ),
    fails=("soft_pool_backward", "one_step"),
)

change(
    "overflow",
    "powers = np.exp(scaled - scaled.max(axis=(4, 5), keepdims=True))",
    'with np.errstate(all="ignore"):\n        powers = np.exp(scaled)',
    "shares = powers / powers.sum(axis=(4, 5), keepdims=True)",
    'with np.errstate(all="ignore"):\n        shares = powers / powers.sum(axis=(4, 5), keepdims=True)',
    say=(
        "exp overflows for large values, and infinity over infinity is not a number. Subtract the"
        " largest value of each window first."
    ),
)

change(
    "largest_of_all",
    "scaled - scaled.max(axis=(4, 5), keepdims=True)",
    "scaled - scaled.max()",
    "shares = powers / powers.sum(axis=(4, 5), keepdims=True)",
    'with np.errstate(all="ignore"):\n        shares = powers / powers.sum(axis=(4, 5), keepdims=True)',
    say=(
        "You subtract the largest value of the whole batch. In a window of much smaller values "
        "all powers become 0, and 0 / 0 is not a number: subtract the largest of each window."
    ),
)

change(
    "values_for_gradients",
    "dx[:, m:bottom:stride, n:right:stride] += dout * shares[..., m, n]",
    "dx[:, m:bottom:stride, n:right:stride] += shares[..., m, n] * soft_pool_forward(x, size, stride, sharpness)",
    say="You send the pooled *values* back. What goes back is the gradient, dout.",
    fails=("soft_pool_backward", "one_step"),
)

change(
    "ones",
    "dx[:, m:bottom:stride, n:right:stride] += dout * shares[..., m, n]",
    "dx[:, m:bottom:stride, n:right:stride] += shares[..., m, n]",
    say="You add up the shares alone. Multiply them by what comes back, dout.",
    fails=("soft_pool_backward", "one_step"),
)

change(
    "times_value",
    "dx[:, m:bottom:stride, n:right:stride] += dout * shares[..., m, n]",
    "dx[:, m:bottom:stride, n:right:stride] += dout * shares[..., m, n] * x[:, m:bottom:stride, n:right:stride]",
    say=("You multiply by the input. The slope of z in a pixel is its share, and nothing else."),
    fails=("soft_pool_backward", "one_step"),
)

change(
    "slope_of_softmax",
    "dx[:, m:bottom:stride, n:right:stride] += dout * shares[..., m, n]",
    "dx[:, m:bottom:stride, n:right:stride] += dout * shares[..., m, n] * (1 - shares[..., m, n])",
    say=(
        "You multiply by 1 - p: that is the slope of a share. Asked is the slope of z, and that "
        "is the share itself."
    ),
    fails=("soft_pool_backward", "one_step"),
)

change(
    "smallest",
    "np.exp(scaled - scaled.max(axis=(4, 5), keepdims=True))",
    "np.exp(scaled.min(axis=(4, 5), keepdims=True) - scaled)",
    say="Your exponent has the wrong sign: the smallest pixel gets the largest share.",
    fails=("soft_pool_backward", "one_step"),
)

change(
    "overwritten",
    "dx[:, m:bottom:stride, n:right:stride] += dout * shares[..., m, n]",
    "dx[:, m:bottom:stride, n:right:stride] = dout * shares[..., m, n]",
    say=(
        "Where windows overlap, you keep only what was written last. A pixel adds up its shares "
        "from all of its windows: use += and not =."
    ),
)

change(
    "stride_ignored",
    "bottom, right = m + stride * (rows - 1) + 1, n + stride * (columns - 1) + 1",
    "bottom, right = m + rows, n + columns",
    "dx[:, m:bottom:stride, n:right:stride] += dout * shares[..., m, n]",
    "dx[:, m:bottom, n:right] += dout * shares[..., m, n]",
    say=(
        "Your windows begin at row i and column j, whatever the stride. Window (i, j) begins at "
        "row i * stride and column j * stride."
    ),
    fails=("soft_pool_backward", "one_step"),
)

change(
    "size_turned",
    "for m, n in np.ndindex(*size):",
    "for n, m in np.ndindex(*size):",
    "dx[:, m:bottom:stride, n:right:stride] += dout * shares[..., m, n]",
    "if m < size[0] and n < size[1]:\n            dx[:, m:bottom:stride, n:right:stride] += dout * shares[..., m, n]",
    say="You read `size` as (width, height). It is (height, width): rows first.",
)

change(
    "last_windows_missing",
    "_, rows, columns, _ = dout.shape",
    """
    dout, shares = dout[:, :-1, :-1], shares[:, :-1, :-1]
    _, rows, columns, _ = dout.shape
    """,
    "bottom, right = m + stride * (rows - 1) + 1, n + stride * (columns - 1) + 1",
    "bottom, right = m + max(stride * (rows - 1) + 1, 0), n + max(stride * (columns - 1) + 1, 0)",
    say=(
        "You leave out the last row and the last column of windows. There are as many as "
        "`dout` has rows and columns: range(rows), not range(rows - 1)."
    ),
    fails=("soft_pool_backward", "one_step"),
)


change(
    "added_to_the_input",
    "dx = np.zeros(x.shape)",
    "dx = x.copy()",
    say=(
        "You add the gradients to a copy of the input. Begin with zeros: a pixel in no window has"
        " the gradient 0."
    ),
    fails=("soft_pool_backward", "one_step"),
)

change(
    "whole_numbers",
    "dx = np.zeros(x.shape)",
    "dx = np.zeros(x.shape, dtype=int)",
    "dx[:, m:bottom:stride, n:right:stride] += dout * shares[..., m, n]",
    "dx[:, m:bottom:stride, n:right:stride] += (dout * shares[..., m, n]).astype(int)",
    say=(
        "You collect `dx` in an array of whole numbers, which cuts off everything after the "
        "point. Make it with `np.zeros(x.shape)`."
    ),
    fails=("soft_pool_backward", "one_step"),
)

change(
    "divided_by_images",
    "dx[:, m:bottom:stride, n:right:stride] += dout * shares[..., m, n]",
    "dx[:, m:bottom:stride, n:right:stride] += dout * shares[..., m, n] / len(x)",
    say=(
        "You divide by the number of images as well. The mean over the batch belongs to the loss,"
        " and comes with `dout`."
    ),
    fails=("soft_pool_backward", "one_step"),
)
