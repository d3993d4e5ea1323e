"""Mistakes in `elu_and_selu`."""

from autograder.checks import change

change(
    "alpha_of_selu_is_one",
    "return SELU_SCALE * elu(x, SELU_ALPHA)",
    "return SELU_SCALE * elu(x)",
    say="Your SELU uses ELU with alpha 1, its default. Pass SELU_ALPHA on.",
)

change(
    "elu_backward_of_the_value",
    "return dout * np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))",
    "return dout * np.where(x > 0, 1.0, elu(x, alpha))",
    say=(
        "On the negative side you return alpha * (exp(x) - 1), the value of ELU. The constant -1 "
        "has no slope: the derivative is alpha * exp(x)."
    ),
)

change(
    "elu_backward_without_alpha",
    "return dout * np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))",
    "return dout * np.where(x > 0, 1.0, np.exp(np.minimum(x, 0)))",
    say=(
        "alpha is missing in your derivative. On the negative side ELU is alpha * (exp(x) - 1), so "
        "its slope is alpha * exp(x)."
    ),
)

change(
    "elu_overflows",
    "return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))",
    "return np.where(x > 0, x, alpha * (np.exp(x) - 1))",
    say=(
        "exp(x) overflows for a large positive x, even where np.where drops it. Take the "
        "exponential of np.minimum(x, 0)."
    ),
)

change(
    "elu_without_alpha",
    "return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))",
    "return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))",
    say="alpha is missing on the negative side. There ELU is alpha * (exp(x) - 1).",
)

change(
    "selu_backward_without_scale",
    "return SELU_SCALE * elu_backward(dout, x, SELU_ALPHA)",
    "return elu_backward(dout, x, SELU_ALPHA)",
    say=(
        "The derivative of SELU lacks the scale 1.0507. A constant factor of a function is also "
        "one of its derivative."
    ),
)

change(
    "selu_scale_on_the_right_only",
    "return SELU_SCALE * elu(x, SELU_ALPHA)",
    "return np.where(x > 0, SELU_SCALE * x, elu(x, SELU_ALPHA))",
    say=(
        "You scale the positive side of SELU only. The scale multiplies the whole ELU, the "
        "negative side too."
    ),
)

change(
    "selu_without_scale",
    "return SELU_SCALE * elu(x, SELU_ALPHA)",
    "return elu(x, SELU_ALPHA)",
    say=(
        "Your SELU lacks the scale 1.0507. It multiplies both sides: SELU is SELU_SCALE * elu(x, "
        "SELU_ALPHA)."
    ),
)

change(
    "elu_without_minus_one",
    "alpha * np.expm1(np.minimum(x, 0))",
    "alpha * np.exp(np.minimum(x, 0))",
    say="The -1 is missing on the negative side: alpha * (exp(x) - 1), so that ELU is 0 at 0.",
    inside="elu",
)


change(
    "elu_minus_one_outside",
    "alpha * np.expm1(np.minimum(x, 0))",
    "alpha * np.exp(np.minimum(x, 0)) - 1",
    say="Your -1 stands outside the bracket. alpha multiplies it, too: alpha * (exp(x) - 1).",
    inside="elu",
)


change(
    "elu_backward_without_dout",
    "return dout * np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))",
    "return np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))",
    say="You return the slope of ELU alone. Multiply it by dout.",
    inside="elu_backward",
)


change(
    "elu_backward_alpha_only",
    "alpha * np.exp(np.minimum(x, 0))",
    "alpha + 0 * x",
    say=(
        "Your slope on the negative side is alpha everywhere. It is alpha * exp(x), and fades "
        "to the left."
    ),
    inside="elu_backward",
)


change(
    "elu_backward_alpha_on_both_sides",
    "np.where(x > 0, 1.0, alpha",
    "np.where(x > 0, alpha, alpha",
    say="You multiply by alpha on the positive side as well. There the slope is 1.",
    inside="elu_backward",
)


change(
    "selu_constants_swapped",
    "return SELU_SCALE * elu(x, SELU_ALPHA)",
    "return SELU_ALPHA * elu(x, SELU_SCALE)",
    say=(
        "You swapped the two constants. SELU_SCALE multiplies everything, SELU_ALPHA belongs "
        "to the negative side."
    ),
    inside="selu",
)
