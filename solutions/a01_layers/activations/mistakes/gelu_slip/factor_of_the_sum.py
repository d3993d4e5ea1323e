"""Your factor is the quotient of the two whole derivatives. The first two terms are right: take
them off both before you divide.
"""

import numpy as np

FAILS = ("gelu_slip",)


_moved = float(gradients.numerical_gradient(gelu, np.array([1.0]))[0])
_slide = float(printed_gelu_derivative(1.0))
gelu_slip = {"numerical": _moved, "printed": _slide, "factor": _moved / _slide}
