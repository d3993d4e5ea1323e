"""Mistakes in `relu_backward`."""

from autograder.checks import change

change(
    "in_place",
    """
    return dout * (x > 0)
    """,
    """
    dout[x <= 0] = 0
    return dout
    """,
    say=(
        "You write zeros into `dout` itself, which others may still need: in a residual connection "
        "the same array also goes the other way. Make a new array, for instance dout * (x > 0)."
    ),
    hint="Work on a copy (`x = x.copy()`), or use operations that return a new array.",
)

change(
    "mask_of_upstream",
    "return dout * (x > 0)",
    "return np.maximum(dout, 0)",
    say=(
        "You let pass where `dout` is positive. Whether a gradient passes depends on the *input* x "
        "of the forward pass, not on the sign of the gradient: use x > 0."
    ),
    fails=("relu_backward", "one_step"),
)

change(
    "mask_only",
    "return dout * (x > 0)",
    "return (x > 0).astype(float)",
    say=(
        "You return the slope itself, 1 or 0, and forget the gradient that comes from behind. "
        "Multiply the slope by `dout`."
    ),
    fails=("relu_backward", "one_step"),
)

change(
    "passes_at_zero",
    "return dout * (x > 0)",
    "return np.where(x >= 0, dout, 0)",
    say=(
        "At an input of exactly 0 you let the gradient pass. The slope is taken to be 0 there: the "
        "condition is x > 0, not x >= 0."
    ),
)

change(
    "times_output",
    "return dout * (x > 0)",
    "return dout * np.maximum(x, 0)",
    say=(
        "You multiply `dout` by the output max(x, 0). The slope of ReLU where x is positive is 1, "
        "whatever the size of x."
    ),
    fails=("relu_backward", "one_step"),
)
