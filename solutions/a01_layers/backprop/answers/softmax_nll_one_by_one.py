"""One example at a time."""

import numpy as np


def softmax_nll(scores, labels):
    loss, dscores = 0.0, np.zeros(scores.shape)
    for i, label in enumerate(labels):
        shifted = scores[i] - scores[i].max()
        log_sum = np.log(np.exp(shifted).sum())
        loss += (log_sum - shifted[label]) / len(labels)
        dscores[i] = np.exp(shifted - log_sum) / len(labels)
        dscores[i, label] -= 1 / len(labels)
    return loss, dscores
