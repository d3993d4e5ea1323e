"""`dx` as a stride 1 convolution of the spread out `dout` with the turned kernel."""

import numpy as np


def conv_backward(dout, x, w, stride=1, padding=0):
    batch, _, _, filters = dout.shape
    kernel_height, kernel_width, channels, _ = w.shape
    padded = np.pad(x, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    seen = windows(padded, w.shape[:2], stride)
    dw = np.einsum("bijcmn,bijf->mncf", seen, dout)
    # Zeros between the values where the stride skipped pixels, and after the last window.
    height, width = padded.shape[1:3]
    spread = np.zeros((batch, height - kernel_height + 1, width - kernel_width + 1, filters))
    spread[:, ::stride, ::stride] = dout
    turned = w[::-1, ::-1].transpose(0, 1, 3, 2)
    border = ((0, 0), (kernel_height - 1,) * 2, (kernel_width - 1,) * 2, (0, 0))
    dpadded = conv_forward(np.pad(spread, border), turned, np.zeros(channels))
    dx = dpadded[:, padding : height - padding, padding : width - padding]
    return dx, dw, np.einsum("bijf->f", dout)
