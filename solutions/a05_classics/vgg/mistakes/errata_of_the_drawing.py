"""Mistakes in `errata_of_the_drawing`."""

from autograder.checks import change

change(
    "as_printed",
    """
    "E06 megabytes": 45.94,
    "E06 million weights": 1.734,
    "E06 million macs": 9335,
    "E09 megabytes": 51.68,
    """,
    """
    "E06 megabytes": 42.9,
    "E06 million weights": 1.1,
    "E06 million macs": 7485,
    "E09 megabytes": 48.6,
    """,
    say="These are the printed numbers: sums over the drawing. Take configuration D.",
)

change(
    "decimal_megabytes",
    '"E06 megabytes": 45.94,',
    '"E06 megabytes": 48.17,',
    '"E09 megabytes": 51.68,',
    '"E09 megabytes": 54.19,',
    say="Your MB is 10⁶ bytes. On these slides it is 2²⁰.",
)

change(
    "pools_counted",
    '"E06 megabytes": 45.94,',
    '"E06 megabytes": 51.30,',
    '"E09 megabytes": 51.68,',
    '"E09 megabytes": 57.52,',
    say="You count the outputs of the poolings, too. Both numbers are for convolutions only.",
)

change(
    "to_56",
    """
    "E06 megabytes": 45.94,
    "E06 million weights": 1.734,
    "E06 million macs": 9335,
    """,
    """
    "E06 megabytes": 36.75,
    "E06 million weights": 0.2598,
    "E06 million macs": 4711,
    """,
    say="You stop after stage 2. There the maps have 56 pixels; the third stage brings them to 28.",
)

change(
    "values",
    '"E06 megabytes": 45.94,',
    '"E06 megabytes": 11.48,',
    '"E09 megabytes": 51.68,',
    '"E09 megabytes": 12.92,',
    say="You give millions of values. Each takes 4 bytes.",
)

change(
    "whole_network",
    """
    "E06 megabytes": 45.94,
    "E06 million weights": 1.734,
    "E06 million macs": 9335,
    """,
    """
    "E06 megabytes": 51.68,
    "E06 million weights": 14.71,
    "E06 million macs": 15347,
    """,
    say="You count all five stages for E06. From 224 to 28 pixels are stages 1 to 3.",
)
