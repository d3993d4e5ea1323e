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

change(
    "bias_per_tap",
    "result = result + padded[:, rows, columns, :] @ kernel[m, n]",
    "result = result + padded[:, rows, columns, :] @ kernel[m, n] + bias",
    "result = bias",
    "result = 0",
    say=(
        "You add the bias once for each tap of the kernel. It is added once to each output: "
        "outside the loop over taps."
    ),
)


change(
    "taps_overwritten",
    "result = result + padded[:, rows, columns, :] @ kernel[m, n]",
    "result = padded[:, rows, columns, :] @ kernel[m, n] + bias",
    say="Only the last tap is left: each tap overwrites the ones before. Add them up with +=.",
)


change(
    "whole_numbers",
    "return result",
    "return result.astype(int)",
    say=(
        "Your result is an array of whole numbers, which cuts off everything after the "
        "point. Make it with `np.zeros(shape)`."
    ),
    inside="conv2d_forward",
)


change(
    "height_for_width",
    "kernel_height, kernel_width = kernel.shape[:2]",
    "kernel_height = kernel_width = kernel.shape[0]",
    say=(
        "You use the kernel's height for its width as well. A kernel need not be square: "
        "kernel.shape[0] rows, kernel.shape[1] columns."
    ),
    inside="conv2d_forward",
)


change(
    "kernel_sides_swapped",
    "kernel_height, kernel_width = kernel.shape[:2]",
    "kernel_width, kernel_height = kernel.shape[:2]",
    say=("You take the kernel's height for its width. `kernel.shape` begins with (height, width)."),
    inside="conv2d_forward",
)


change(
    "entry_by_entry",
    "padded[:, rows, columns, :] @ kernel[m, n]",
    "padded[:, rows, columns, :1] * kernel[m, n][0]",
    say=(
        "Only the first channel counts. Each filter sums over all channels: `@` with "
        "kernel[m, n], which is (channels, filters)."
    ),
)


change(
    "last_windows_missing",
    "return result",
    "return result[:, :-1, :-1]",
    say=(
        "The last row and the last column of windows are missing. `range` leaves its end out: "
        "there are output_size windows in each direction."
    ),
    inside="conv2d_forward",
)


change(
    "padded_at_the_end",
    "((padding, padding), (padding, padding))",
    "((0, 2 * padding), (0, 2 * padding))",
    say=(
        "Your frame of zeros lies at the bottom and on the right only. `padding` rows and "
        "columns go to each of the four sides."
    ),
)


change(
    "dilation_rows_only",
    "columns = slice(n * dilation, width - (kernel_width - 1 - n) * dilation, stride)",
    "columns = slice(n, width - (kernel_width - 1 - n), stride)",
    say=(
        "Your layer uses the dilation along the height but not along the width. Taps lie "
        "`dilation` pixels apart in both directions."
    ),
)


change(
    "bias_over_the_images",
    "result = bias",
    "result = np.mean(bias)",
    say="You add the same bias to every filter. Each filter has its own: bias[f].",
)


change(
    "filters_summed",
    "return result",
    "return result.sum(axis=3, keepdims=True)",
    say=(
        "You sum over the filters. Each filter gives a map of its own; only the input "
        "channels are summed."
    ),
    inside="conv2d_forward",
)


change(
    "padded_left_and_right_only",
    "((padding, padding), (padding, padding))",
    "((0, 0), (padding, padding))",
    say=(
        "You add zeros at the left and the right only. The padding surrounds the image: also above "
        "and below."
    ),
    inside="conv2d_forward",
)


change(
    "padded_above_and_below_only",
    "((padding, padding), (padding, padding))",
    "((padding, padding), (0, 0))",
    say=(
        "You add zeros above and below only. The padding surrounds the image: also at the left and "
        "the right."
    ),
    inside="conv2d_forward",
)
