"""You give the difference of the two slopes. `factor` is what the third term must be multiplied
with: divide the right third term by the printed one.
"""

import numpy as np

FAILS = ("gelu_slip",)


_moved = float(gradients.numerical_gradient(gelu, np.array([1.0]))[0])
_slide = float(printed_gelu_derivative(1.0))
gelu_slip = {"numerical": _moved, "printed": _slide, "factor": _slide - _moved}
