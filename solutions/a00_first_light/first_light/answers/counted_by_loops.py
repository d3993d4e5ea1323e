"""Loops and counters in place of array arithmetic, lists in place of arrays."""

import math


def cross_entropy(probabilities, labels):
    total = 0.0
    for row, label in zip(probabilities, labels, strict=True):
        total -= math.log(row[label])
    return total / len(labels)


def accuracy(scores, labels):
    right = 0
    for row, label in zip(scores, labels, strict=True):
        right += int(list(row).index(max(row)) == label)
    return right / len(labels)


def confusion_matrix(labels, predictions, classes):
    counts = [[0] * classes for _ in range(classes)]
    for label, prediction in zip(labels, predictions, strict=True):
        counts[label][prediction] += 1
    return counts
