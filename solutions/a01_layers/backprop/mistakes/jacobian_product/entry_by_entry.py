"""You multiply the Jacobians entry by entry. The chain rule needs the matrix product: write @ and
not *.
"""

import numpy as np

FAILS = ("jacobian_product",)


def jacobian_product(jacobians, residual=False):
    product = 1.0
    for jacobian in jacobians:
        product = (jacobian + np.eye(len(jacobian)) if residual else jacobian) * product
    return product
