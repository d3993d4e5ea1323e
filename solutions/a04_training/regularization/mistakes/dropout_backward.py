"""Mistakes in `dropout_backward`."""

from autograder.checks import change

change(
    "divided",
    "return dy * mask",
    "return np.where(mask > 0, dy / np.where(mask > 0, mask, 1), 0)",
    say=(
        "You divide by the mask where values were kept. y = x * mask, so the gradient is "
        "multiplied by it, just as x was."
    ),
)

change(
    "mask_forgotten",
    "return dy * mask",
    "return dy",
    say=(
        "You pass the gradient on unchanged. A value that was dropped did not reach the output, so "
        "its gradient is 0: multiply by the mask."
    ),
)

change(
    "scale_forgotten",
    "return dy * mask",
    "return np.where(mask > 0, dy, 0)",
    say=(
        "You let the gradient through where values were kept, but without the factor 1 / (1 - "
        "rate) that they got. It is in the mask already: multiply by the mask as it is."
    ),
)

change(
    "squared",
    "return dy * mask",
    "return dy * mask * mask.max()",
    say="You apply the factor 1 / (1 - rate) twice. The derivative of x * mask is the mask, once.",
)

change(
    "mask_alone",
    "return dy * mask",
    "return mask * 1.0",
    say="You return the mask alone. Multiply it by dy, the gradient that comes back.",
)


change(
    "dropped_only",
    "return dy * mask",
    "return dy * (mask == 0)",
    say=("You let the gradient through where values were dropped. It passes where they were kept."),
)
