"""You let Keras take the step. Write the six lines of the slide yourself."""

import keras
import numpy as np

FAILS = ("adam_step",)
# The call is forbidden: the grader says so itself.
HINT = None


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
