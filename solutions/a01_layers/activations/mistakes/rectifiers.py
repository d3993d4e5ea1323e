"""Mistakes in `rectifiers`."""

from autograder.checks import change

change(
    "leaky_relu_backward_negative",
    "return dout * np.where(x > 0, 1.0, slope)",
    "return dout * np.where(x > 0, 1.0, -slope)",
    say=(
        "You gave the negative side the slope -slope. The line slope * x rises there too, only "
        "less steeply."
    ),
)

change(
    "leaky_relu_backward_zero_on_the_left",
    "return dout * np.where(x > 0, 1.0, slope)",
    "return dout * (x > 0)",
    say=(
        "Your derivative of leaky ReLU is 0 on the negative side, as for plain ReLU. There the "
        "slope is `slope`: that is what keeps a unit alive."
    ),
)

change(
    "leaky_relu_fixed_slope",
    "return np.where(x > 0, x, slope * x)",
    "return np.where(x > 0, x, 0.1 * x)",
    say="You always use the slope 0.1. It is only the default; use the argument `slope`.",
)

change(
    "leaky_relu_positive_on_the_left",
    "return np.where(x > 0, x, slope * x)",
    "return np.where(x > 0, x, slope * np.abs(x))",
    say=(
        "Your leaky ReLU is positive on the negative side. Multiply x itself by the slope there, "
        "not |x|: the result stays negative."
    ),
)

change(
    "leaky_relu_slope_of_keras",
    "def leaky_relu(x, slope=0.1):",
    "def leaky_relu(x, slope=0.3):",
    say=(
        "You changed the default slope to the 0.3 of keras.layers.LeakyReLU. On the slide, and "
        "here, it is 0.1."
    ),
)

change(
    "relu_backward_changes_dout",
    """
    return dout * (x > 0)
    """,
    """
    dout[x <= 0] = 0
    return dout
    """,
    say=(
        "You set entries of dout itself to zero, so the caller's array is changed. Multiply by (x "
        "> 0) instead."
    ),
    hint=None,  # The values are right; the grader sees that the input was changed.
)

change(
    "relu_backward_gates_dout",
    "return dout * (x > 0)",
    "return dout * (dout > 0)",
    say=(
        "You let the positive entries of dout through. What opens the gate is the sign of the "
        "input x, not that of the gradient."
    ),
)

change(
    "relu_backward_one_at_zero",
    "return dout * (x > 0)",
    "return dout * (x >= 0)",
    say=(
        "Your slope of ReLU at exactly 0 is 1. The convention here is that of the left side: use x "
        "> 0, not x >= 0."
    ),
)

change(
    "relu_backward_times_x",
    "return dout * (x > 0)",
    "return dout * relu(x)",
    say=(
        "You multiply dout by the output of ReLU. The slope is 1 where x is positive, whatever its "
        "size."
    ),
)

change(
    "relu_changes_its_input",
    """
    return np.maximum(x, 0)
    """,
    """
    x[x < 0] = 0
    return x
    """,
    say=(
        "You set the negative values of x itself to zero, so the caller's array is changed. "
        "np.maximum(x, 0) makes a new one."
    ),
    hint=None,  # The values are right; the grader sees that the input was changed.
)

change(
    "relu_backward_without_dout",
    "return dout * (x > 0)",
    "return (x > 0) * 1.0",
    say="You return the slope of ReLU alone, 1 or 0. Multiply it by dout.",
    inside="relu_backward",
)


change(
    "relu_backward_turned",
    "return dout * (x > 0)",
    "return dout * (x < 0)",
    say="Your gate opens where x is negative. The gradient passes where x is positive.",
    inside="relu_backward",
)


change(
    "leaky_relu_backward_without_dout",
    "return dout * np.where(x > 0, 1.0, slope)",
    "return np.where(x > 0, 1.0, slope)",
    say="You return the slope of leaky ReLU alone. Multiply it by dout.",
    inside="leaky_relu_backward",
)


change(
    "leaky_relu_backward_times_x",
    "return dout * np.where(x > 0, 1.0, slope)",
    "return dout * np.where(x > 0, x, slope * x)",
    say=(
        "You multiply dout by the output of leaky ReLU. Its slope is 1 or `slope`, whatever "
        "the size of x."
    ),
    inside="leaky_relu_backward",
)


change(
    "leaky_relu_backward_one_at_zero",
    "return dout * np.where(x > 0, 1.0, slope)",
    "return dout * np.where(x >= 0, 1.0, slope)",
    say=(
        "Your slope of leaky ReLU at exactly 0 is 1. The convention here is that of the left "
        "side: use x > 0."
    ),
    inside="leaky_relu_backward",
)


change(
    "leaky_relu_backward_of_dout",
    "return dout * np.where(x > 0, 1.0, slope)",
    "return np.where(dout > 0, dout, slope * dout)",
    say="You look at the sign of dout. What opens the gate is the sign of the input x.",
    inside="leaky_relu_backward",
)


change(
    "leaky_relu_zero_on_the_left",
    "return np.where(x > 0, x, slope * x)",
    "return np.where(x > 0, x, 0)",
    say="Your leaky ReLU is 0 on the negative side, like plain ReLU. There it is slope * x.",
    inside="leaky_relu",
)


change(
    "leaky_relu_constant_on_the_left",
    "return np.where(x > 0, x, slope * x)",
    "return np.where(x > 0, x, slope)",
    say="Your leaky ReLU is constant on the negative side. Multiply the slope by x.",
    inside="leaky_relu",
)


change(
    "leaky_relu_smaller",
    "return np.where(x > 0, x, slope * x)",
    "return np.minimum(x, slope * x)",
    say="You take the smaller of x and slope * x. It is the larger one.",
    inside="leaky_relu",
)


change(
    "relu_absolute",
    "return np.maximum(x, 0)",
    "return np.abs(x)",
    say="You take the absolute value. ReLU is 0 where x is negative.",
    inside="relu",
)


change(
    "leaky_relu_backward_fixed_slope",
    "return dout * np.where(x > 0, 1.0, slope)",
    "return dout * np.where(x > 0, 1.0, 0.1)",
    say=(
        "Your derivative always has the slope 0.1. It is only the default; use the argument "
        "`slope`."
    ),
    inside="leaky_relu_backward",
)
