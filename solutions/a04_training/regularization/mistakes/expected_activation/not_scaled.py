"""You return the neuron with all its inputs. In training only a share of them is there on average:
multiply by the probability of keeping one.
"""

import numpy as np

FAILS = ("expected_activation",)


def expected_activation(weights, inputs, rate):
    return np.sum(weights * inputs)
