"""You divide by the second moment itself. Divide by its root, so that the first step is λ times
the sign of the gradient.
"""

FAILS = ("adam_step",)


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
    first_moment = beta1 * first_moment + (1 - beta1) * gradient
    second_moment = beta2 * second_moment + (1 - beta2) * gradient * gradient
    first_unbias = first_moment / (1 - beta1**t)
    second_unbias = second_moment / (1 - beta2**t)
    w = w - learning_rate * first_unbias / (second_unbias + epsilon)
    return w, first_moment, second_moment
