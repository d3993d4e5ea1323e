"""You blame the biases. Adding them would make the total larger, and the printed one is too small;
look at its digits.
"""

FAILS = ("erratum_e05",)

e05 = {"millions": 480.84, "went_wrong": "biases"}
