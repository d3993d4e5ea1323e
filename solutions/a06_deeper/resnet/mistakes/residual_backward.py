"""Mistakes in `residual_backward`."""

from autograder.checks import change

change(
    "gradient_around_the_last_relu",
    "return dbefore @ w1.T + dsum, x.T @ dbefore, hidden.T @ dsum",
    "return (dbefore @ w1.T + dout, x.T @ dbefore, hidden.T @ dsum)",
    say=(
        "Your shortcut carries `dout` itself to x, but the last ReLU stands after the addition and "
        "gates both ways. Add the gradient of the sum instead."
    ),
)

change(
    "gradient_inner_relu_forgotten",
    "dbefore = (dsum @ w2.T) * (before > 0)",
    "dbefore = dsum @ w2.T",
    say=(
        "The gradient passes your inner ReLU everywhere. Multiply it by 1 where `x @ w1` is "
        "positive and by 0 elsewhere before it goes on to w1 and x."
    ),
)

change(
    "gradient_last_relu_forgotten",
    "dsum = dout * (hidden @ w2 + x > 0)",
    "dsum = dout.copy()",
    say=(
        "You start with `dout` itself, but the last ReLU stands after the addition. First set the "
        "gradient to zero wherever the sum was not positive."
    ),
)

change(
    "gradient_sum_without_shortcut",
    "dsum = dout * (hidden @ w2 + x > 0)",
    "dsum = dout * (hidden @ w2 > 0)",
    say=(
        "Your last ReLU is judged by the branch alone. Its input is the sum, `hidden @ w2 + x`: "
        "add x before you ask what is positive."
    ),
)

change(
    "gradient_without_shortcut",
    "return dbefore @ w1.T + dsum, x.T @ dbefore, hidden.T @ dsum",
    "return (dbefore @ w1.T, x.T @ dbefore, hidden.T @ dsum)",
    say=(
        "Your dx has only the way through the two layers. The input also reaches the sum directly, "
        "so add the gradient of the sum to dx."
    ),
)


change(
    "w2_meets_the_values_before_the_relu",
    "hidden.T @ dsum",
    "before.T @ dsum",
    say=(
        "For dw2 you take the values before the inner ReLU. `w2` is multiplied by what comes out of "
        "it: hidden.T @ dsum."
    ),
)
