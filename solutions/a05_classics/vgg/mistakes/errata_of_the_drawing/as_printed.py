"""These are the printed numbers: sums over the drawing. Take configuration D."""

FAILS = ("errata_of_the_drawing",)


errata_of_the_drawing = {
    "E06 megabytes": 42.9,
    "E06 million weights": 1.1,
    "E06 million macs": 7485,
    "E09 megabytes": 48.6,
}
