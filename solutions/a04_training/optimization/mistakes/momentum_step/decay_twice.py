"""You apply the weight decay twice: in the velocity, and once more to w. It joins the gradient,
and nothing else.
"""

FAILS = ("momentum_step",)


def momentum_step(w, velocity, gradient, learning_rate, momentum=0.9, weight_decay=0.0):
    velocity = momentum * velocity - learning_rate * (gradient + weight_decay * w)
    return w * (1 - learning_rate * weight_decay) + velocity, velocity
