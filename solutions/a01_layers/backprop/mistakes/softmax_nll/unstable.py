"""Your exponentials overflow for large scores, and the logarithm of a probability of 0 is
infinite. Subtract the largest score of each example first, and write log p as the shifted score
minus the logarithm of the sum.
"""

import numpy as np

FAILS = ("softmax_nll",)


def softmax_nll(scores, labels):
    examples = np.arange(len(labels))
    with np.errstate(all="ignore"):
        probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        loss = -np.log(probabilities[examples, labels]).mean()
    probabilities[examples, labels] -= 1
    return loss, probabilities / len(labels)
