"""You count one bias for each convolution. Each of its filters has one of its own."""

FAILS = ("keras_biases",)


keras_biases = {
    "stem": 1,
    "stage_1": 10,
    "stage_4": 10,
    "all": 53,
}
