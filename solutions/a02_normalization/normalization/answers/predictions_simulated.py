"""The moving mean step by step."""

moving = 0.0
for _ in range(100):
    moving = 0.99 * moving + 0.01 * 1.0
predictions = {
    "means": 64.0,
    "values_in_a_mean": 32 * 140,
    "trainable": 64 + 64,
    "moving_mean": moving,
}
