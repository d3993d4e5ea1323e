"""The place as a list, the numbers as floats."""

first_maximum = {"ten": 7.0, "eight": 3.0, "tie": [2, 2]}
