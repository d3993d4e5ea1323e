"""You divide by s itself. Divide by its root, or the step has the wrong unit: the larger the
gradient, the shorter the step.
"""

FAILS = ("adagrad_step",)


def adagrad_step(w, squares, gradient, learning_rate, epsilon=1e-7):
    squares = squares + gradient**2
    return w - learning_rate * gradient / (squares + epsilon), squares
