"""You round the exponent up, so that the rate falls right after epoch 0. Round down: `epoch //
every`.
"""

import numpy as np

FAILS = ("step_decay",)


def step_decay(epoch, initial_rate, factor, every):
    return initial_rate * factor ** int(np.ceil(epoch / every))
