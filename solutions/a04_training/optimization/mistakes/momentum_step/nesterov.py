"""You look ahead by one more step of momentum. That is Nesterov's variant; here w moves by the new
velocity itself.
"""

FAILS = ("momentum_step",)


def momentum_step(w, velocity, gradient, learning_rate, momentum=0.9, weight_decay=0.0):
    velocity = momentum * velocity - learning_rate * (gradient + weight_decay * w)
    step = momentum * velocity - learning_rate * (gradient + weight_decay * w)
    return w + step, velocity
