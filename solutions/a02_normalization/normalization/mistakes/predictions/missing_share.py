"""You give the share that is still missing. The moving mean started at 0 and has gone all the
way to 1 except for that: 1 - 0.99 ** 100.
"""

FAILS = ("predictions",)

predictions = {
    "means": 64,
    "values_in_a_mean": 32 * 14 * 10,
    "trainable": 2 * 64,
    "moving_mean": 0.99**100,
}
