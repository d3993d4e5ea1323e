"""You count all five stages for E06. From 224 to 28 pixels are stages 1 to 3."""

FAILS = ("errata_of_the_drawing",)


errata_of_the_drawing = {
    "E06 megabytes": 51.68,
    "E06 million weights": 14.71,
    "E06 million macs": 15347,
    "E09 megabytes": 51.68,
}
