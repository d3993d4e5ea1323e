"""You swapped two numbers: `printed` is what the formula of the slide gives, `numerical` what
moving x to both sides gives.
"""

import numpy as np

FAILS = ("gelu_slip",)


_moved = float(gradients.numerical_gradient(gelu, np.array([1.0]))[0])
_slide = float(printed_gelu_derivative(1.0))
gelu_slip = {"numerical": _slide, "printed": _moved, "factor": float(np.sqrt(2 / np.pi))}
