"""You add up the losses of the batch. Both the loss and its gradient are those of the mean: divide
by the number of examples.
"""

import numpy as np

FAILS = ("softmax_nll", "one_step")


def softmax_nll(scores, labels):
    examples = np.arange(len(labels))
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_probabilities[examples, labels].sum()
    dscores = np.exp(log_probabilities)
    dscores[examples, labels] -= 1
    return loss, dscores
