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
        "You return the slope itself, 1 or 0, and forget the gradient that comes in from above. "
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

change(
    "leaky",
    "return dout * (x > 0)",
    "return dout * np.where(x > 0, 1, 0.01)",
    say=(
        "You let a hundredth of the gradient pass where x is negative, as leaky ReLU does. "
        "Here nothing passes."
    ),
    fails=("relu_backward", "one_step"),
)


change(
    "mask_turned",
    "return dout * (x > 0)",
    "return dout * (x < 0)",
    say=(
        "You let the gradient pass where x is negative. It passes where x is positive, and is "
        "0 elsewhere."
    ),
    fails=("relu_backward", "one_step"),
)


change(
    "forward_again",
    "return dout * (x > 0)",
    "return np.maximum(x, 0)",
    say=(
        "You return the forward pass, max(x, 0). The way back multiplies `dout` by the slope, "
        "which is 1 where x is positive and 0 elsewhere."
    ),
    fails=("relu_backward", "one_step"),
)


change(
    "sign",
    "return dout * (x > 0)",
    "return dout * np.sign(x)",
    say=(
        "Your slope is the sign of x, so it is -1 where x is negative. ReLU is flat there: "
        "its slope is 0."
    ),
    fails=("relu_backward", "one_step"),
)


change(
    "through",
    "return dout * (x > 0)",
    "return dout * 1",
    say=(
        "You pass the whole gradient on. Where x was negative the output did not depend on "
        "it: the gradient is 0 there."
    ),
    fails=("relu_backward", "one_step"),
)


change(
    "both_positive",
    "return dout * (x > 0)",
    "return np.where((x > 0) & (dout > 0), dout, 0)",
    say=(
        "You let only positive gradients pass. Whether a gradient passes depends on the input "
        "x alone, whatever its sign."
    ),
    fails=("relu_backward", "one_step"),
)
