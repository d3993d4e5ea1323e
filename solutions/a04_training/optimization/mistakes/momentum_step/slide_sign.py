"""You subtract the velocity, which already points downhill. That is the double minus of the slide:
add the velocity to w.
"""

FAILS = ("momentum_step",)


def momentum_step(w, velocity, gradient, learning_rate, momentum=0.9, weight_decay=0.0):
    velocity = momentum * velocity - learning_rate * (gradient + weight_decay * w)
    return w - velocity, velocity
