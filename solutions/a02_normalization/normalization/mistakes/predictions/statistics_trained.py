"""You count the moving statistics as trainable. They are weights of the layer, but the
optimizer does not touch them: only gamma and beta are trained.
"""

FAILS = ("predictions",)

predictions = {
    "means": 64,
    "values_in_a_mean": 32 * 14 * 10,
    "trainable": 4 * 64,
    "moving_mean": 1 - 0.99**100,
}
