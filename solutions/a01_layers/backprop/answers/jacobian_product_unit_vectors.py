"""Column by column: what becomes of each unit vector."""

import numpy as np


def jacobian_product(jacobians, residual=False):
    columns = []
    for j in range(jacobians[0].shape[1]):
        z = np.zeros(jacobians[0].shape[1])
        z[j] = 1
        for jacobian in jacobians:
            z = jacobian @ z + (z if residual else 0)
        columns.append(z)
    return np.array(columns).T
