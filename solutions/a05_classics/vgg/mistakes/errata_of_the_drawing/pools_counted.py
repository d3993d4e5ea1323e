"""You count the outputs of the poolings, too. Both numbers are for convolutions only."""

FAILS = ("errata_of_the_drawing",)


errata_of_the_drawing = {
    "E06 megabytes": 51.30,
    "E06 million weights": 1.734,
    "E06 million macs": 9335,
    "E09 megabytes": 57.52,
}
