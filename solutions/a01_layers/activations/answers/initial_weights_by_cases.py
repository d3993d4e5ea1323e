"""Fully connected layers and convolutions told apart."""

import numpy as np


def fans(shape):
    if len(shape) == 2:
        return shape
    height, width, channels, filters = shape
    return [height * width * channels, height * width * filters]


def msra_std(shape):
    fan_in, _ = fans(shape)
    return np.sqrt(2.0) / np.sqrt(fan_in)


def xavier_limit(shape):
    return np.sqrt(3 / np.mean(fans(shape)))


def variance_factor(fan_in, weight_std, slope=0.0):
    right = fan_in * weight_std * weight_std / 2
    return right + right * slope * slope


def dead_units(activations):
    largest = activations.max(axis=tuple(range(activations.ndim - 1)))
    return np.count_nonzero(largest == 0) / largest.size
