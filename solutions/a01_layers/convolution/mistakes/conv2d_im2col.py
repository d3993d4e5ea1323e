"""Mistakes in `conv2d_im2col`."""

from autograder.checks import change, instead


@instead(
    "bias_forgotten",
    say=(
        "Your product has no bias. Add `bias` to every row of the product, before or after the "
        "reshape."
    ),
)
def conv2d_im2col(x, kernel, bias, stride=1, padding=0, dilation=1):
    kernel_height, kernel_width, _, filters = kernel.shape
    columns = im2col(x, (kernel_height, kernel_width), stride, padding, dilation)
    output = columns @ kernel.reshape(-1, filters)
    height = (x.shape[1] + 2 * padding - dilation * (kernel_height - 1) - 1) // stride + 1
    width = (x.shape[2] + 2 * padding - dilation * (kernel_width - 1) - 1) // stride + 1
    return output.reshape(x.shape[0], height, width, filters)


@instead(
    "kernel_channels_first",
    say=(
        "You moved the kernel's channels to the front before the reshape. The rows of `im2col` "
        "have the kernel's own order, so kernel.reshape(-1, filters) is all it takes."
    ),
)
def conv2d_im2col(x, kernel, bias, stride=1, padding=0, dilation=1):
    kernel_height, kernel_width, _, filters = kernel.shape
    columns = im2col(x, (kernel_height, kernel_width), stride, padding, dilation)
    output = columns @ kernel.transpose(2, 0, 1, 3).reshape(-1, filters) + bias
    height = (x.shape[1] + 2 * padding - dilation * (kernel_height - 1) - 1) // stride + 1
    width = (x.shape[2] + 2 * padding - dilation * (kernel_width - 1) - 1) // stride + 1
    return output.reshape(x.shape[0], height, width, filters)


@instead(
    "kernel_reshaped_sideways",
    say=(
        "You reshaped the kernel to (filters, -1) and transposed it. That mixes the filters, "
        "because they are the last axis: reshape to (-1, filters) directly."
    ),
)
def conv2d_im2col(x, kernel, bias, stride=1, padding=0, dilation=1):
    kernel_height, kernel_width, _, filters = kernel.shape
    columns = im2col(x, (kernel_height, kernel_width), stride, padding, dilation)
    output = columns @ kernel.reshape(filters, -1).T + bias
    height = (x.shape[1] + 2 * padding - dilation * (kernel_height - 1) - 1) // stride + 1
    width = (x.shape[2] + 2 * padding - dilation * (kernel_width - 1) - 1) // stride + 1
    return output.reshape(x.shape[0], height, width, filters)


change(
    "sides_swapped",
    """
    batch, height, width, _ = x.shape
    tops = range(0, height + 2 * padding - dilation * (kernel_height - 1), stride)
    lefts = range(0, width + 2 * padding - dilation * (kernel_width - 1), stride)
    return output.reshape(batch, len(tops), len(lefts), filters)
    """,
    """
    height = (x.shape[1] + 2 * padding - dilation * (kernel_height - 1) - 1) // stride + 1
    width = (x.shape[2] + 2 * padding - dilation * (kernel_width - 1) - 1) // stride + 1
    return output.reshape(x.shape[0], width, height, filters)
    """,
    say=(
        "You reshape the product with the width before the height. The rows of `im2col` run "
        "through the output row by row: (batch, output_height, output_width, filters)."
    ),
)

change(
    "filters_first",
    "return output.reshape(batch, len(tops), len(lefts), filters)",
    "return output.reshape(batch, filters, len(tops), len(lefts))",
    say=(
        "You reshape the product with the filters before the places. They are its last axis: "
        "(batch, output_height, output_width, filters)."
    ),
)


change(
    "filters_moved",
    "return output.reshape(batch, len(tops), len(lefts), filters)",
    "return output.reshape(batch, len(tops), len(lefts), filters).transpose(0, 3, 1, 2)",
    say="Your filters stand second. Here the order is (batch, height, width, filters).",
)


change(
    "not_reshaped",
    "return output.reshape(batch, len(tops), len(lefts), filters)",
    "return output",
    say=(
        "You return the product as a matrix. Give it the shape (batch, output_height, "
        "output_width, filters)."
    ),
)


change(
    "settings_not_passed",
    "columns = im2col(x, (kernel_height, kernel_width), stride, padding, dilation)",
    "columns = im2col(x, (kernel_height, kernel_width), stride, padding)",
    say="You do not hand `dilation` on to `im2col`.",
)
