"""You average over the batch alone. Every pixel of every image counts: 32 images times 14 × 10
pixels.
"""

FAILS = ("predictions",)

predictions = {
    "means": 64,
    "values_in_a_mean": 32,
    "trainable": 2 * 64,
    "moving_mean": 1 - 0.99**100,
}
