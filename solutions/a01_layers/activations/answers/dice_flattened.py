"""Dice on a matrix of (values, channels)."""

import numpy as np


def dice(s, alpha, mean=None, variance=None, epsilon=1e-8):
    rows = s.reshape(-1, s.shape[-1])
    if mean is None:
        mean, variance = np.mean(rows, axis=0), np.var(rows, axis=0)
    p = sigmoid((rows - mean) * (variance + epsilon) ** -0.5)
    return (alpha * rows + (1 - alpha) * p * rows).reshape(s.shape)


def dice_backward(dout, s, alpha, mean=None, variance=None, epsilon=1e-8):
    rows, above = s.reshape(-1, s.shape[-1]), dout.reshape(-1, s.shape[-1])
    kept = mean is not None
    if not kept:
        mean, variance = np.mean(rows, axis=0), np.var(rows, axis=0)
    hat = (rows - mean) * (variance + epsilon) ** -0.5
    p = sigmoid(hat)
    g = above * (1 - alpha) * rows * p * (1 - p)
    if not kept:
        g = g - np.mean(g, axis=0) - hat * np.mean(g * hat, axis=0)
    ds = above * (alpha + (1 - alpha) * p) + g * (variance + epsilon) ** -0.5
    return ds.reshape(s.shape), np.sum(above * (1 - p) * rows, axis=0)
