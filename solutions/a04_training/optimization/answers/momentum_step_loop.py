"""Every weight on its own, in flat arrays."""

import numpy as np


def momentum_step(w, velocity, gradient, learning_rate, momentum=0.9, weight_decay=0.0):
    shape = w.shape
    moved, velocities = [], []
    for x, v, g in zip(w.ravel(), velocity.ravel(), gradient.ravel(), strict=True):
        v = momentum * v - learning_rate * g - learning_rate * weight_decay * x
        moved.append(x + v)
        velocities.append(v)
    return np.reshape(moved, shape), np.reshape(velocities, shape)
