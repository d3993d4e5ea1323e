"""You moved the kernel's channels to the front before the reshape. The rows of `im2col` have
the kernel's own order, so kernel.reshape(-1, filters) is all it takes.
"""

FAILS = ("conv2d_im2col",)


def conv2d_im2col(x, kernel, bias, stride=1, padding=0, dilation=1):
    kernel_height, kernel_width, _, filters = kernel.shape
    columns = im2col(x, (kernel_height, kernel_width), stride, padding, dilation)
    output = columns @ kernel.transpose(2, 0, 1, 3).reshape(-1, filters) + bias
    height = (x.shape[1] + 2 * padding - dilation * (kernel_height - 1) - 1) // stride + 1
    width = (x.shape[2] + 2 * padding - dilation * (kernel_width - 1) - 1) // stride + 1
    return output.reshape(x.shape[0], height, width, filters)
