"""Answers every question with hundreds of megabytes: arrays, lists, texts and names.

Covers: A14
Verdict: failed, error
"""

# %% attack
import numpy as np

wide = [[[]] * 7 for _ in range(190_000)]
answers = [
    lambda: np.ones(255 << 20, "uint8"),
    lambda: wide,
    lambda: {str(number): number for number in range(1_000_000)},
    lambda: ["x" * 20_000] * 800,
    lambda: [np.ones(1 << 16)] * 400,
    lambda: "x" * (200 << 20),
    lambda: {"x" * (16 << 20): 1},
    lambda: tuple(range(3_000_000)),
    lambda: np.array([["x" * 100] * 1000] * 100, dtype=object),
]
asked = [0]


def answer(name):
    def large(*args, **kwargs):
        asked[0] += 1
        return answers[asked[0] % len(answers)]()

    return large


# %% honest
import numpy as np

large = np.zeros((4000, 3000), np.float32)
print(large.shape, len(list(range(1_000_000))))
