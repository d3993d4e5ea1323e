"""You divide by s itself. Divide by its root, the root mean square that gives the method its name."""

FAILS = ("rmsprop_step",)


def rmsprop_step(w, squares, gradient, learning_rate, rho=0.9, epsilon=1e-7):
    squares = rho * squares + (1 - rho) * gradient**2
    return w - learning_rate * gradient / (squares + epsilon), squares
