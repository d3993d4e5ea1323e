"""Averages over groups as a product with a matrix of zeros and ones."""

import numpy as np


def group_norm(x, groups, gamma, beta, epsilon=1e-3):
    channels = x.shape[-1]
    group_of = np.arange(channels) // (channels // groups)
    same = (group_of[:, None] == group_of).astype(x.dtype)
    same /= same.sum(axis=0)
    mean = np.mean(x, axis=(1, 2), keepdims=True) @ same
    variance = np.mean((x - mean) ** 2, axis=(1, 2), keepdims=True) @ same
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
