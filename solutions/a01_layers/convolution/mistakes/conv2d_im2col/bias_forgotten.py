"""Your product has no bias. Add `bias` to every row of the product, before or after the
reshape.
"""

FAILS = ("conv2d_im2col",)


def conv2d_im2col(x, kernel, bias, stride=1, padding=0, dilation=1):
    kernel_height, kernel_width, _, filters = kernel.shape
    columns = im2col(x, (kernel_height, kernel_width), stride, padding, dilation)
    output = columns @ kernel.reshape(-1, filters)
    height = (x.shape[1] + 2 * padding - dilation * (kernel_height - 1) - 1) // stride + 1
    width = (x.shape[2] + 2 * padding - dilation * (kernel_width - 1) - 1) // stride + 1
    return output.reshape(x.shape[0], height, width, filters)
