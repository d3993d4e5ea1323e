"""You square `x` where it lies, with `x *= x` or `x **= 2`. The caller's image is then squared too:
write `x**2`, which makes a new array.
"""

import numpy as np

FAILS = ("l2_pool_forward", "l2_pool_backward", "global_pool_backward")
# The values are right; the grader sees that the input was changed.
HINT = None


def l2_pool_forward(x, kernel_size, stride, ceil=False):
    x *= x
    return np.sqrt(mean_pool_forward(x, kernel_size, stride, ceil))
