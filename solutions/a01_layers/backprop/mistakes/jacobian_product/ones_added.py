"""You add 1 to every entry of the Jacobian. Input j goes straight to output j only: add the
identity matrix, `np.eye`, which has ones on the diagonal alone.
"""

import numpy as np

FAILS = ("jacobian_product",)


def jacobian_product(jacobians, residual=False):
    product = np.eye(jacobians[0].shape[1])
    for jacobian in jacobians:
        product = (jacobian + 1 if residual else jacobian) @ product
    return product
