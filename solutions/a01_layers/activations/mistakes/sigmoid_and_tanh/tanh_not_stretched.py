"""You stretched the sigmoid in one direction only. tanh(x) is 2 * sigmoid(2 * x) - 1, with a 2
inside as well.
"""

FAILS = ("sigmoid_and_tanh",)


def tanh(x):
    return 2 * sigmoid(x) - 1
