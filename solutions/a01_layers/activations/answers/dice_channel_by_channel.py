"""Dice with a loop over the channels; in training its gradient spelled out step by step."""

import numpy as np


def dice(s, alpha, mean=None, variance=None, epsilon=1e-8):
    y = np.zeros(s.shape)
    for c in range(s.shape[-1]):
        values = s[..., c]
        m = np.mean(values) if mean is None else mean[c]
        v = np.mean((values - m) ** 2) if variance is None else variance[c]
        p = sigmoid((values - m) / np.sqrt(v + epsilon))
        y[..., c] = values * (p + (1 - p) * alpha[c])
    return y


def dice_backward(dout, s, alpha, mean=None, variance=None, epsilon=1e-8):
    ds, dalpha = np.zeros(s.shape), np.zeros(alpha.shape)
    for c in range(s.shape[-1]):
        values, above = s[..., c], dout[..., c]
        m = np.mean(values) if mean is None else mean[c]
        v = np.mean((values - m) ** 2) if variance is None else variance[c]
        p = sigmoid((values - m) / np.sqrt(v + epsilon))
        dalpha[c] = np.sum(above * (1 - p) * values)
        ds[..., c] = above * (p + (1 - p) * alpha[c])
        dcentred = above * (1 - alpha[c]) * values * p * (1 - p) / np.sqrt(v + epsilon)
        ds[..., c] += dcentred
        if mean is None:
            dvariance = -0.5 * np.sum(dcentred * (values - m)) / (v + epsilon)
            ds[..., c] += dvariance * 2 * (values - m) / values.size - np.mean(dcentred)
    return ds, dalpha
