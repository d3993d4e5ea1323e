"""You count a mean for each pixel of each channel. The pixels of a channel share one mean, so
there are as many means as channels.
"""

FAILS = ("predictions",)

predictions = {
    "means": 14 * 10 * 64,
    "values_in_a_mean": 32 * 14 * 10,
    "trainable": 2 * 64,
    "moving_mean": 1 - 0.99**100,
}
