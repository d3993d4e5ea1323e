"""Mistakes in `softmax_at`."""

from autograder.checks import change

change(
    "multiplied",
    "(scores - scores.max(axis=-1, keepdims=True)) / temperature",
    "(scores - scores.max(axis=-1, keepdims=True)) * temperature",
    say="You multiply by the temperature. Divide, so that a high one makes all letters alike.",
)

change(
    "temperature_ignored",
    "(scores - scores.max(axis=-1, keepdims=True)) / temperature",
    "scores - scores.max(axis=-1, keepdims=True)",
    say="Your probabilities do not depend on the temperature.",
)

change(
    "overflow",
    "(scores - scores.max(axis=-1, keepdims=True)) / temperature",
    "scores / temperature",
    say="Large scores overflow. Subtract the largest one before the exponential.",
)

change(
    "over_everything",
    "exponentials / exponentials.sum(axis=-1, keepdims=True)",
    "exponentials / exponentials.sum()",
    say="All your numbers together add up to 1. Over the last axis each row does.",
)

change(
    "divided_afterwards",
    "(scores - scores.max(axis=-1, keepdims=True)) / temperature",
    "scores - scores.max(axis=-1, keepdims=True)",
    "return exponentials / exponentials.sum(axis=-1, keepdims=True)",
    "return exponentials / exponentials.sum(axis=-1, keepdims=True) / temperature",
    say="You divide the probabilities by the temperature. It belongs under the scores.",
)
