"""You return the slope of the sigmoid. The sigmoid itself is the slope of softplus."""

FAILS = ("softplus",)


def softplus_backward(dout, x):
    return sigmoid_backward(dout, x)
