"""You give millions of values. Each takes 4 bytes."""

FAILS = ("errata_of_the_drawing",)


errata_of_the_drawing = {
    "E06 megabytes": 11.48,
    "E06 million weights": 1.734,
    "E06 million macs": 9335,
    "E09 megabytes": 12.92,
}
