"""Copies whose negative entries are overwritten."""


def relu(x):
    y = x.copy()
    y[y < 0] = 0
    return y


def relu_backward(dout, x):
    dx = dout.copy()
    dx[x <= 0] = 0
    return dx


def leaky_relu(x, slope=0.1):
    y = x.copy()
    y[x < 0] *= slope
    return y


def leaky_relu_backward(dout, x, slope=0.1):
    dx = dout.copy()
    dx[x <= 0] *= slope
    return dx
