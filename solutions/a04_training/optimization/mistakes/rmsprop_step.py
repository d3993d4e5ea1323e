"""Mistakes in `rmsprop_step`."""

from autograder.checks import change

change(
    "adds_up",
    "squares = rho * squares + (1 - rho) * gradient**2",
    "squares = squares + gradient**2",
    say=(
        "You add the squares up, as AdaGrad does. RMSProp averages: ρ of the old value remains, "
        "and 1 - ρ of the new square is added."
    ),
)

change(
    "epsilon_inside",
    "return w - learning_rate * gradient / (np.sqrt(squares) + epsilon), squares",
    "return w - learning_rate * gradient / np.sqrt(squares + epsilon), squares",
    say=(
        "You put ε under the root, as Keras does. Here it stands outside: np.sqrt(squares) + "
        "epsilon."
    ),
)

change(
    "mean_of_gradients",
    "squares = rho * squares + (1 - rho) * gradient**2",
    "squares = (rho * np.sqrt(squares) + (1 - rho) * gradient) ** 2",
    say=(
        "You square the average of the gradients. RMSProp averages the squares: the square comes "
        "first."
    ),
)

change(
    "no_root",
    "return w - learning_rate * gradient / (np.sqrt(squares) + epsilon), squares",
    "return w - learning_rate * gradient / (squares + epsilon), squares",
    say=(
        "You divide by s itself. Divide by its root, the root mean square that gives the method "
        "its name."
    ),
)

change(
    "not_averaged",
    "squares = rho * squares + (1 - rho) * gradient**2",
    "squares = rho * squares + gradient**2",
    say=(
        "You add the whole new square to ρ times the old average. In an average its weight is 1 - "
        "ρ."
    ),
)

change(
    "rho_exchanged",
    "squares = rho * squares + (1 - rho) * gradient**2",
    "squares = (1 - rho) * squares + rho * gradient**2",
    say="You exchanged ρ and 1 - ρ. ρ = 0.9 is the part of the old average that is kept.",
)

change(
    "squares_not_returned",
    """
    squares = rho * squares + (1 - rho) * gradient**2
    return w - learning_rate * gradient / (np.sqrt(squares) + epsilon), squares
    """,
    """
    average = rho * squares + (1 - rho) * gradient**2
    return w - learning_rate * gradient / (np.sqrt(average) + epsilon), squares
    """,
    say=(
        "You use the new average but return the old one. The next step would forget this gradient; "
        "return the new squares."
    ),
)

change(
    "old_average",
    """
    squares = rho * squares + (1 - rho) * gradient**2
    return w - learning_rate * gradient / (np.sqrt(squares) + epsilon), squares
    """,
    """
    step = learning_rate * gradient / (np.sqrt(squares) + epsilon)
    return w - step, rho * squares + (1 - rho) * gradient**2
    """,
    say="You divide by the old average. Renew it first, then divide.",
)


change(
    "rho_fixed",
    "rho * squares + (1 - rho) * gradient**2",
    "0.9 * squares + 0.1 * gradient**2",
    say="Your ρ is always 0.9. It is only the default: use the argument.",
)


change(
    "not_squared",
    "(1 - rho) * gradient**2",
    "(1 - rho) * np.abs(gradient)",
    say="You average the sizes of the gradients. RMSProp averages their squares.",
)


change(
    "uphill",
    "return w - learning_rate * gradient",
    "return w + learning_rate * gradient",
    say="You walk uphill: the step is subtracted from w.",
)
