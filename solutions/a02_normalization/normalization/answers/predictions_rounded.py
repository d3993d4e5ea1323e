"""Rounded as on paper."""

predictions = {"means": 64, "values_in_a_mean": 4480, "trainable": 128, "moving_mean": 0.63}
