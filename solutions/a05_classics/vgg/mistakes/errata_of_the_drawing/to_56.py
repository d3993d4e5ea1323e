"""You stop after stage 2. There the maps have 56 pixels; the third stage brings them to 28."""

FAILS = ("errata_of_the_drawing",)


errata_of_the_drawing = {
    "E06 megabytes": 36.75,
    "E06 million weights": 0.2598,
    "E06 million macs": 4711,
    "E09 megabytes": 51.68,
}
