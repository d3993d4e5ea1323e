"""Mistakes in `softplus`."""

from autograder.checks import change

change(
    "backward_of_sigmoid",
    "return dout * sigmoid(x)",
    "return sigmoid_backward(dout, x)",
    say="You return the slope of the sigmoid. The sigmoid itself is the slope of softplus.",
)

change(
    "backward_step",
    "return dout * sigmoid(x)",
    "return dout * (x > 0)",
    say=(
        "Your slope jumps from 0 to 1, which is that of ReLU. The slope of softplus is the sigmoid "
        "of x."
    ),
)

change(
    "overflows",
    "return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))",
    "return np.log(1 + np.exp(x))",
    say=(
        "The exponential of a large positive number overflows. Take exponentials of -|x| only, and "
        "where a function contains a sigmoid or a softplus use your stable one."
    ),
    fails=("softplus", "swish_and_mish"),
)

change(
    "without_maximum",
    "return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))",
    "return np.log1p(np.exp(-np.abs(x)))",
    say="ln(1 + exp(-|x|)) alone falls to zero on both sides. Add max(x, 0).",
    fails=("softplus", "swish_and_mish"),
)

change(
    "backward_without_dout",
    "return dout * sigmoid(x)",
    "return sigmoid(x)",
    say="You return the slope of softplus alone. Multiply it by dout.",
    inside="softplus_backward",
)


change(
    "backward_of_the_output",
    "return dout * sigmoid(x)",
    "return dout * sigmoid(softplus(x))",
    say="You take the sigmoid of softplus(x). The slope is the sigmoid of x itself.",
    inside="softplus_backward",
)


change(
    "relu",
    "return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))",
    "return np.maximum(x, 0)",
    say="That is ReLU. The rounding of the corner is missing: add ln(1 + exp(-|x|)).",
    fails=("softplus", "swish_and_mish"),
    inside="softplus",
)


change(
    "absolute_value",
    "np.maximum(x, 0) + np",
    "np.abs(x) + np",
    say="You add |x|. It is max(x, 0): far on the left softplus is 0.",
    fails=("softplus", "swish_and_mish"),
    inside="softplus",
)
