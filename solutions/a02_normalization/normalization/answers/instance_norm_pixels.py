"""Pixels flattened into one axis, means by einsum."""

import numpy as np


def instance_norm(x, gamma, beta, epsilon=1e-3):
    pixels = x.reshape(len(x), -1, x.shape[-1])
    count = pixels.shape[1]
    centred = pixels - np.einsum("npc->nc", pixels)[:, None] / count
    variance = np.einsum("npc,npc->nc", centred, centred)[:, None] / count
    return (gamma * centred * (variance + epsilon) ** -0.5 + beta).reshape(x.shape)
