"""Mistakes in `likelihood_terms`."""

from autograder.checks import change

change(
    "last_is_the_count",
    'likelihood_terms = {"printed": 3501, "right": 3500, "last_index": 3499}',
    'likelihood_terms = {"printed": 3501, "right": 3500, "last_index": 3500}',
    say=(
        "You put the number of examples above the sum, as the slide does. Counted from 0, the last "
        "of 3,500 examples has the number 3499; 3500 would be right if the first were number 1."
    ),
)

change(
    "printed_as_in_python",
    'likelihood_terms = {"printed": 3501, "right": 3500, "last_index": 3499}',
    'likelihood_terms = {"printed": 3500, "right": 3500, "last_index": 3499}',
    say=(
        "You read the sum like Python's `range`. In a sum both ends count: from i = 0 to 3500 "
        "there are 3501 terms."
    ),
)

change(
    "slide_believed",
    'likelihood_terms = {"printed": 3501, "right": 3500, "last_index": 3499}',
    'likelihood_terms = {"printed": 3501, "right": 3501, "last_index": 3500}',
    say=(
        "You believed the slide. A data set of 3,500 digits has 3,500 likelihoods to multiply, one "
        "for each digit, so the sum should have 3500 terms."
    ),
)
