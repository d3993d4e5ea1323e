"""You left out the projections. They are convolutions, too, with 4 C filters and as many
biases in each stage."""

FAILS = ("keras_biases",)


keras_biases = {
    "stem": 64,
    "stage_1": 3 * (64 + 64 + 256),
    "stage_4": 3 * (512 + 512 + 2048),
    "all": 64 + 3 * 384 + 4 * 768 + 6 * 1536 + 3 * 3072,
}
