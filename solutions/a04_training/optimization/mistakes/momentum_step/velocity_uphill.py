"""Your velocity collects +λg and points uphill. Subtract the learning rate times the gradient in
its line.
"""

FAILS = ("momentum_step",)


def momentum_step(w, velocity, gradient, learning_rate, momentum=0.9, weight_decay=0.0):
    velocity = momentum * velocity + learning_rate * (gradient + weight_decay * w)
    return w + velocity, velocity
