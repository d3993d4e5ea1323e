"""Sums and products of Keras tensors; the result is a tensor."""

import keras


def conv2d_forward(x, kernel, bias, stride=1, padding=0, dilation=1):
    x = keras.ops.convert_to_tensor(x, dtype="float32")
    x = keras.ops.pad(x, [(0, 0), (padding, padding), (padding, padding), (0, 0)])
    _, height, width, _ = x.shape
    kernel_height, kernel_width = kernel.shape[:2]
    result = 0.0
    for m in range(kernel_height):
        bottom = height - dilation * (kernel_height - 1 - m)
        for n in range(kernel_width):
            right = width - dilation * (kernel_width - 1 - n)
            pixels = x[:, m * dilation : bottom : stride, n * dilation : right : stride, :]
            weights = keras.ops.convert_to_tensor(kernel[m, n], dtype="float32")
            result = result + keras.ops.matmul(pixels, weights)
    return result + keras.ops.convert_to_tensor(bias, dtype="float32")
