"""You changed the velocity where it lies, with `*=` and `-=`. The caller's array is then changed
too; make a new one.
"""

FAILS = ("momentum_step",)
# The values are right; the grader sees that the input was changed.
HINT = None


def momentum_step(w, velocity, gradient, learning_rate, momentum=0.9, weight_decay=0.0):
    velocity *= momentum
    velocity -= learning_rate * (gradient + weight_decay * w)
    return w + velocity, velocity
