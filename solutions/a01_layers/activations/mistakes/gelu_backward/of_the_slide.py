"""This is the derivative as the slide prints it. Its third term lacks the factor sqrt(2 / pi),
which u has before its bracket.
"""

FAILS = ("gelu_backward",)


def gelu_backward(dout, x):
    return dout * printed_gelu_derivative(x)
