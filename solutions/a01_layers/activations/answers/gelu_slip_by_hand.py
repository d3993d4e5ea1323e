"""Differences by hand with a larger step, and the factor from theory."""

import numpy as np

_step = 1e-3
gelu_slip = {
    "numerical": (gelu(1 + _step) - gelu(1 - _step)) / (2 * _step),
    "printed": printed_gelu_derivative(1),
    "factor": (2 / np.pi) ** 0.5,
}
