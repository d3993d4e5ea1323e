"""Your softmax adds up over the batch. The classes of *one example* compete with each other: sum
over axis 1.
"""

import numpy as np

FAILS = ("softmax_nll", "one_step")


def softmax_nll(scores, labels):
    examples = np.arange(len(labels))
    shifted = scores - scores.max(axis=0, keepdims=True)
    log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=0, keepdims=True))
    loss = -log_probabilities[examples, labels].mean()
    dscores = np.exp(log_probabilities)
    dscores[examples, labels] -= 1
    return loss, dscores / len(labels)
