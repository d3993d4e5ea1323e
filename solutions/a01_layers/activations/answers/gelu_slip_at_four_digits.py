"""The three numbers typed in, rounded to four digits."""

gelu_slip = {"numerical": 1.083, "printed": 1.144, "factor": 0.7979}
