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
