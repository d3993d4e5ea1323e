"""Gives the number of values with one digit less than the solution."""

e24 = {"millions": 15.2, "explained_by": "none"}
