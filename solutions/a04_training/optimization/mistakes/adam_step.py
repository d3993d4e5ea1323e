"""Mistakes in `adam_step`."""

from autograder.checks import change, instead

change(
    "betas_exchanged",
    """
    first_moment = beta1 * first_moment + (1 - beta1) * gradient
    second_moment = beta2 * second_moment + (1 - beta2) * gradient**2
    first_unbias = first_moment / (1 - beta1**t)
    second_unbias = second_moment / (1 - beta2**t)
    """,
    """
    first_moment = beta2 * first_moment + (1 - beta2) * gradient
    second_moment = beta1 * second_moment + (1 - beta1) * gradient * gradient
    first_unbias = first_moment / (1 - beta2**t)
    second_unbias = second_moment / (1 - beta1**t)
    """,
    say=(
        "You exchanged the two betas. beta1 belongs to the average of gradients, beta2 to the "
        "average of their squares."
    ),
)

change(
    "corrected_moments_returned",
    "return w, first_moment, second_moment",
    "return w, first_unbias, second_unbias",
    say=(
        "You return the corrected moments, and they would be corrected again at the next step. "
        "Return the moments as they are before the correction."
    ),
)

change(
    "counts_from_zero",
    """
    first_unbias = first_moment / (1 - beta1**t)
    second_unbias = second_moment / (1 - beta2**t)
    """,
    """
    first_unbias = first_moment / (1 - beta1 ** (t + 1))
    second_unbias = second_moment / (1 - beta2 ** (t + 1))
    """,
    say=(
        "Your correction counts the steps from 0 and adds one. t is 1 at the first step, so the "
        "powers are beta1**t and beta2**t."
    ),
)

change(
    "epsilon_added_to_step",
    "w = w - learning_rate * first_unbias / (np.sqrt(second_unbias) + epsilon)",
    "w = w - (learning_rate * first_unbias / np.sqrt(second_unbias) + epsilon)",
    say=(
        "You took away the wrong parenthesis, and ε is added to the quotient. It belongs to the "
        "denominator: / (np.sqrt(second_unbias) + epsilon)."
    ),
)

change(
    "epsilon_inside",
    "w = w - learning_rate * first_unbias / (np.sqrt(second_unbias) + epsilon)",
    "w = w - learning_rate * first_unbias / (np.sqrt(second_unbias + epsilon))",
    say=(
        "You took away the wrong parenthesis, and ε stands under the root. The root ends before "
        "it: np.sqrt(second_unbias) + epsilon."
    ),
)


@instead(
    "moments_not_returned",
    say=(
        "Your step is right, but you return the moments that you were given. The next step goes on "
        "from them; return the new ones."
    ),
)
def adam_step(
    w,
    first_moment,
    second_moment,
    gradient,
    t,
    learning_rate=1e-3,
    beta1=0.9,
    beta2=0.999,
    epsilon=1e-7,
):
    first = beta1 * first_moment + (1 - beta1) * gradient
    second = beta2 * second_moment + (1 - beta2) * gradient**2
    root = np.sqrt(second / (1 - beta2**t))
    w = w - learning_rate * first / (1 - beta1**t) / (root + epsilon)
    return w, first_moment, second_moment


change(
    "no_correction",
    """
    first_unbias = first_moment / (1 - beta1**t)
    second_unbias = second_moment / (1 - beta2**t)
    """,
    """
    first_unbias = first_moment
    second_unbias = second_moment
    """,
    say=(
        "You do not correct the moments. Both start at zero and are too small at first: divide "
        "them by 1 - beta1**t and 1 - beta2**t."
    ),
)

change(
    "no_root",
    "w = w - learning_rate * first_unbias / (np.sqrt(second_unbias) + epsilon)",
    "w = w - learning_rate * first_unbias / (second_unbias + epsilon)",
    say=(
        "You divide by the second moment itself. Divide by its root, so that the first step is λ "
        "times the sign of the gradient."
    ),
)


@instead(
    "ready_made",
    say="You let Keras take the step. Write the six lines of the slide yourself.",
    hint=None,  # The call is forbidden: the grader says so itself.
)
def adam_step(
    w,
    first_moment,
    second_moment,
    gradient,
    t,
    learning_rate=1e-3,
    beta1=0.9,
    beta2=0.999,
    epsilon=1e-7,
):
    made = keras.optimizers.Adam(learning_rate, beta1, beta2, epsilon)
    variable = keras.Variable(w)
    made.apply([gradient], [variable])
    return np.asarray(variable), first_moment, second_moment


change(
    "second_not_corrected",
    "second_unbias = second_moment / (1 - beta2**t)",
    "second_unbias = second_moment",
    say=(
        "You correct the first moment but not the second, which needs it even more. Divide it by 1 "
        "- beta2**t."
    ),
)

change(
    "square_of_average",
    "second_moment = beta2 * second_moment + (1 - beta2) * gradient**2",
    "second_moment = beta2 * second_moment + (1 - beta2) * first_moment**2",
    say=(
        "Your second moment is made from the first one. It averages the squares of the gradients "
        "themselves."
    ),
)

change(
    "corrected_with_the_other_beta",
    "first_unbias = first_moment / (1 - beta1**t)",
    "first_unbias = first_moment / (1 - beta2**t)",
    "second_unbias = second_moment / (1 - beta2**t)",
    "second_unbias = second_moment / (1 - beta1**t)",
    say="You correct each moment with the other one's beta.",
)


change(
    "corrected_without_t",
    "first_unbias = first_moment / (1 - beta1**t)",
    "first_unbias = first_moment / (1 - beta1)",
    "second_unbias = second_moment / (1 - beta2**t)",
    "second_unbias = second_moment / (1 - beta2)",
    say="You divide by 1 - β at every step. The correction fades: 1 - β to the power of t.",
)


change(
    "gradient_for_the_moment",
    "learning_rate * first_unbias / (",
    "learning_rate * gradient / (",
    say=(
        "You take the step along the gradient itself. Adam goes along the corrected first moment."
    ),
)


change(
    "not_squared",
    "(1 - beta2) * gradient**2",
    "(1 - beta2) * gradient",
    say="Your second moment averages the gradients. It averages their squares.",
)


change(
    "uphill",
    "w = w - learning_rate * first_unbias",
    "w = w + learning_rate * first_unbias",
    say="You walk uphill: the step is subtracted from w.",
)


change(
    "multiplied_by_t",
    "first_moment / (1 - beta1**t)",
    "first_moment / (1 - beta1 * t)",
    "second_moment / (1 - beta2**t)",
    "second_moment / (1 - beta2 * t)",
    say="You multiply the betas by t. They are raised to the power of t.",
)


change(
    "epsilon_fixed",
    "(np.sqrt(second_unbias) + epsilon)",
    "(np.sqrt(second_unbias) + 1e-7)",
    say="Your ε is always 1e-7. It is only the default: use the argument.",
)
