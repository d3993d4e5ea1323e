"""One example after the other."""

import numpy as np


def layer_norm(x, gamma, beta, epsilon=1e-3):
    outputs = [(example - example.mean()) / (example.var() + epsilon) ** 0.5 for example in x]
    return gamma * np.stack(outputs) + beta
