"""You add the identity once, to the whole product. Every function has its own residual connection:
multiply the factors J_i + I.
"""

import numpy as np

FAILS = ("jacobian_product",)


def jacobian_product(jacobians, residual=False):
    product = np.eye(jacobians[0].shape[1])
    for jacobian in jacobians:
        product = jacobian @ product
    return product + np.eye(len(product)) if residual else product
