"""You read the sum like Python's `range`. In a sum both ends count: from i = 0 to 3500 there are
3501 terms.
"""

FAILS = ("likelihood_terms",)


likelihood_terms = {"printed": 3500, "right": 3500, "last_index": 3499}
