"""Gives three digits, as the task asks at least, and the printed millions rounded."""

e05 = {"millions": 481, "went_wrong": "digits"}
