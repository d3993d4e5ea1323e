"""You put the number of examples above the sum, as the slide does. Counted from 0, the last of
3,500 examples has the number 3499; 3500 would be right if the first were number 1.
"""

FAILS = ("likelihood_terms",)


likelihood_terms = {"printed": 3501, "right": 3500, "last_index": 3500}
