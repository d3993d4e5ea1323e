"""You ignore `residual`. A residual connection adds the identity to the Jacobian of every
function.
"""

import numpy as np

FAILS = ("jacobian_product",)


def jacobian_product(jacobians, residual=False):
    product = np.eye(jacobians[0].shape[1])
    for jacobian in jacobians:
        product = jacobian @ product
    return product
