"""Your factor is upside down. The printed third term is too large, so the factor that repairs it
is less than 1.
"""

import numpy as np

FAILS = ("gelu_slip",)


gelu_slip = {
    "numerical": float(gradients.numerical_gradient(gelu, np.array([1.0]))[0]),
    "printed": float(printed_gelu_derivative(1.0)),
    "factor": float(np.sqrt(np.pi / 2)),
}
