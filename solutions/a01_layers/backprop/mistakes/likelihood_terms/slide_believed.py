"""You believed the slide. A data set of 3,500 digits has 3,500 likelihoods to multiply, one for
each digit, so the sum should have 3500 terms.
"""

FAILS = ("likelihood_terms",)


likelihood_terms = {"printed": 3501, "right": 3501, "last_index": 3500}
