"""Your MB is 10⁶ bytes. On these slides it is 2²⁰."""

FAILS = ("errata_of_the_drawing",)


errata_of_the_drawing = {
    "E06 megabytes": 48.17,
    "E06 million weights": 1.734,
    "E06 million macs": 9335,
    "E09 megabytes": 54.19,
}
