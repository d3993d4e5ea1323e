"""Mistakes in `density_questions`."""

from autograder.checks import change

change(
    "guesser_in_millions",
    '"guesser": 0.1 / (70.6 / 4.2) * 1e6,',
    '"guesser": 0.1 / (70.6 / 4.2),',
    say="`guesser` is in millions. How many parameters are that, one by one?",
)

change(
    "guesser_with_a_fraction",
    '"guesser": 0.1 / (70.6 / 4.2) * 1e6,',
    '"guesser": 0.001 / (70.6 / 4.2) * 1e6,',
    say="For `guesser` you take 0.001 where MobileNet has 70.6: both must be in percent.",
)

change(
    "most_accurate_for_densest",
    '"densest": 0.25,',
    '"densest": 1.0,',
    say="α = 1 gives the most accurate of the four, not the densest.",
)

change(
    "densities_at_the_wider_end",
    """
    "first": (50.6 - 63.7) / ((470_072 - 1_331_592) / 1e6),
    "last": (70.6 - 68.4) / ((4_231_976 - 2_585_560) / 1e6),
    """,
    """
    "first": 63.7 / (1_331_592 / 1e6),
    "last": 70.6 / (4_231_976 / 1e6),
    """,
    say="`first` and `last` are the densities of the wider network. What is asked for is what the "
    "*further* parameters bring: a difference over a difference.",
)

change(
    "difference_of_densities",
    """
    "first": (50.6 - 63.7) / ((470_072 - 1_331_592) / 1e6),
    "last": (70.6 - 68.4) / ((4_231_976 - 2_585_560) / 1e6),
    """,
    """
    "first": 63.7 / (1_331_592 / 1e6) - 50.6 / (470_072 / 1e6),
    "last": 70.6 / (4_231_976 / 1e6) - 68.4 / (2_585_560 / 1e6),
    """,
    say="You subtract one density from the other. Subtract the accuracies and the parameters "
    "first, and then divide.",
)
