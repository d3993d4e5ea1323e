"""Mistakes in `conv2d_forward`."""

from autograder.checks import change

change(
    "bias_for_each_channel",
    "result = bias",
    "result = padded.shape[3] * bias",
    say=(
        "You add the bias once for each input channel. Sum over the channels first; then add the "
        "bias once to each filter's map."
    ),
)

change(
    "bias_forgotten",
    "result = bias",
    "result = 0",
    say="Your layer has no bias. Add bias[f] to every value of output channel f.",
)

change(
    "channels_averaged",
    "@ kernel[m, n]",
    "@ kernel[m, n] / padded.shape[3]",
    say=(
        "Your layer averages over the input channels. A filter has its own weights for each "
        "channel and sums over all of them."
    ),
)

change(
    "dilation_ignored",
    "height, width = padded.shape[1:3]",
    "(height, width), dilation = padded.shape[1:3], 1",
    say=(
        "Your layer takes neighbouring pixels whatever `dilation` says. Tap (m, n) meets the pixel "
        "m * dilation rows down and n * dilation columns to the right."
    ),
)

change(
    "dilation_times_kernel",
    "(kernel_height - 1 - m) * dilation",
    "(kernel_height - m) * dilation + 1",
    "(kernel_width - 1 - n) * dilation",
    "(kernel_width - n) * dilation + 1",
    say=(
        "Your layer loses windows at the bottom and on the right when it dilates: it lets the "
        "kernel cover D * K pixels. From the first tap to the last it is D * (K - 1) + 1."
    ),
)

change(
    "flipped_kernel",
    "kernel[m, n]",
    "kernel[-1 - m, -1 - n]",
    say=(
        "You flipped the kernel. Layers compute the correlation, without a flip, although they are "
        "called convolutions."
    ),
)

change(
    "padding_ignored",
    "padded = pad2d(x, ((padding, padding), (padding, padding)))",
    "padded = x",
    say=(
        "Your layer does not pad. Put `padding` rows and columns of zeros on all four sides before "
        "the window starts to slide."
    ),
)

change(
    "stride_ignored",
    "(kernel_height - 1 - m) * dilation, stride)",
    "(kernel_height - 1 - m) * dilation)",
    "(kernel_width - 1 - n) * dilation, stride)",
    "(kernel_width - 1 - n) * dilation)",
    say=(
        "Your layer moves its window by one pixel whatever `stride` says. Window (i, j) starts at "
        "pixel (i * stride, j * stride) of the padded image."
    ),
)

change(
    "stride_rows_only",
    "(kernel_width - 1 - n) * dilation, stride)",
    "(kernel_width - 1 - n) * dilation)",
    say=(
        "Your layer uses the stride along the height but not along the width. Both directions move "
        "by `stride` pixels."
    ),
)

change(
    "transposed",
    "return result",
    "return result.swapaxes(1, 2)",
    say=(
        "You swapped height and width of the output. Its axes are (batch, height, width, filters), "
        "in the order of the input."
    ),
)
