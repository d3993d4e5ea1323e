"""`functools.reduce` from the last function to the first."""

import functools

import numpy as np


def jacobian_product(jacobians, residual=False):
    factors = [j + np.eye(*j.shape) if residual else j for j in jacobians]
    return functools.reduce(np.matmul, factors[::-1])
