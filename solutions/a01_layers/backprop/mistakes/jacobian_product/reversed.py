"""You multiply the Jacobians in the wrong order. The first function meets the input first, so J_1
stands on the right: J_n ... J_2 J_1.
"""

import numpy as np

FAILS = ("jacobian_product",)


def jacobian_product(jacobians, residual=False):
    product = np.eye(len(jacobians[0]))
    for jacobian in jacobians:
        product = product @ (jacobian + np.eye(len(jacobian)) if residual else jacobian)
    return product
