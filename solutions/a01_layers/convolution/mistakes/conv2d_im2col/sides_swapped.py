"""You reshape the product with the width before the height. The rows of `im2col` run through
the output row by row: (batch, output_height, output_width, filters).
"""

FAILS = ("conv2d_im2col",)


def conv2d_im2col(x, kernel, bias, stride=1, padding=0, dilation=1):
    kernel_height, kernel_width, _, filters = kernel.shape
    columns = im2col(x, (kernel_height, kernel_width), stride, padding, dilation)
    output = columns @ kernel.reshape(-1, filters) + bias
    height = (x.shape[1] + 2 * padding - dilation * (kernel_height - 1) - 1) // stride + 1
    width = (x.shape[2] + 2 * padding - dilation * (kernel_width - 1) - 1) // stride + 1
    return output.reshape(x.shape[0], width, height, filters)
