"""Your gradient is the probabilities alone. Subtract 1 at the label of each example: what the
network said minus what it should have said.
"""

import numpy as np

FAILS = ("softmax_nll", "one_step")


def softmax_nll(scores, labels):
    examples = np.arange(len(labels))
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_probabilities[examples, labels].mean()
    dscores = np.exp(log_probabilities)
    return loss, dscores / len(labels)
