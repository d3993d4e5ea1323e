"""Gives the exact number of operations and the exact quotient."""

e27 = {"millions": 271.351808, "counted_twice": "3x3", "saving": 854196224 / 271351808}
