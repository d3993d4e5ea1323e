"""Mistakes in `im2col`."""

from autograder.checks import change, instead

change(
    "batch_fastest",
    "return windows.reshape(",
    "return windows.transpose(1, 2, 0, 3, 4).reshape(",
    say=(
        "Your rows take the same place of all images before the next place. Batch comes slowest: "
        "all windows of the first image, then all of the second."
    ),
    fails=("im2col", "conv2d_im2col"),
)

change(
    "channels_first",
    "windows = np.stack(taps, axis=3)",
    "windows = np.stack(taps, axis=4)",
    say=(
        "Your rows run through the channels slowest: all pixels of channel 0, then all of channel "
        "1. The kernel's own order is row, column, channel, so the channels of one pixel stand "
        "side by side."
    ),
    fails=("im2col", "conv2d_im2col"),
)


@instead(
    "columns_before_rows",
    say=(
        "Your rows run down the columns of a window. Go through it as the kernel is stored: first "
        "row from left to right, then the second row."
    ),
    fails=("im2col", "conv2d_im2col"),
)
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    padded = pad2d(x, ((padding, padding), (padding, padding)))
    kernel_height, kernel_width = kernel_size
    covered = (dilation * (kernel_height - 1) + 1, dilation * (kernel_width - 1) + 1)
    windows = np.lib.stride_tricks.sliding_window_view(padded, covered, axis=(1, 2))
    # (batch, output_height, output_width, channels, kernel_height, kernel_width)
    windows = windows[:, ::stride, ::stride, :, ::dilation, ::dilation]
    taps = kernel_height * kernel_width * x.shape[3]
    return windows.transpose(0, 1, 2, 5, 4, 3).reshape(-1, taps)


change(
    "windows_turned",
    "np.stack(taps, axis=3)",
    "np.stack(taps[::-1], axis=3)",
    say=(
        "Your rows run through each window backwards. That belongs to a convolution; here the "
        "first value of a row is the window's top left pixel, which meets kernel[0, 0]."
    ),
    fails=("im2col", "conv2d_im2col"),
)

change(
    "transposed",
    "return windows.reshape(-1, kernel_height * kernel_width * x.shape[3])",
    "return windows.reshape(-1, kernel_height * kernel_width * x.shape[3]).T",
    say="Your matrix has a column for each window. Here every window is a row.",
    fails=("im2col", "conv2d_im2col"),
)


change(
    "stride_ignored",
    "rows = slice(m * dilation, height - (kernel_height - 1 - m) * dilation, stride)",
    "rows = slice(m * dilation, height - (kernel_height - 1 - m) * dilation)",
    "columns = slice(n * dilation, width - (kernel_width - 1 - n) * dilation, stride)",
    "columns = slice(n * dilation, width - (kernel_width - 1 - n) * dilation)",
    say=(
        "You write the windows of stride 1. Window (i, j) begins at row i * stride and column "
        "j * stride."
    ),
    fails=("im2col", "conv2d_im2col"),
)


change(
    "padding_ignored",
    "padded = np.pad(x, ((0, 0), (padding, padding), (padding, padding), (0, 0)))",
    "padded = x",
    say="You do not pad. Put `padding` rows and columns of zeros on all four sides first.",
    fails=("im2col", "conv2d_im2col"),
)


change(
    "dilation_ignored",
    "rows = slice(m * dilation, height - (kernel_height - 1 - m) * dilation, stride)",
    "rows = slice(m, height - (kernel_height - 1 - m), stride)",
    "columns = slice(n * dilation, width - (kernel_width - 1 - n) * dilation, stride)",
    "columns = slice(n, width - (kernel_width - 1 - n), stride)",
    say=(
        "Your windows take neighbouring pixels whatever `dilation` says. The taps lie "
        "`dilation` pixels apart."
    ),
    fails=("im2col", "conv2d_im2col"),
)


change(
    "places_fastest",
    "return windows.reshape(-1, kernel_height * kernel_width * x.shape[3])",
    "return windows.transpose(0, 2, 1, 3, 4).reshape(-1, kernel_height * kernel_width * x.shape[3])",
    say=(
        "Your rows go down the columns of the output. Batch is slowest, then row, then "
        "column: all windows of the first output row come first."
    ),
    fails=("im2col", "conv2d_im2col"),
)


change(
    "kernel_sides_swapped",
    "kernel_height, kernel_width = kernel_size",
    "kernel_width, kernel_height = kernel_size",
    say="You take the kernel's height for its width. `kernel_size` is (height, width).",
    fails=("im2col", "conv2d_im2col"),
)


change(
    "square_kernel",
    "kernel_height, kernel_width = kernel_size",
    "kernel_height = kernel_width = kernel_size[0]",
    say=(
        "You use the kernel's height for its width as well. `kernel_size` is (height, width), "
        "and they may differ."
    ),
    fails=("im2col", "conv2d_im2col"),
)
