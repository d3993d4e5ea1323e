"""The convolution theorem."""

import numpy as np


def convolve2d(image, kernel):
    spectrum = np.fft.fft2(image) * np.fft.fft2(kernel, image.shape)
    return np.fft.ifft2(spectrum).real[kernel.shape[0] - 1 :, kernel.shape[1] - 1 :]
