"""You put a projection into every block. Only the first block of a stage has one: the shapes
agree in all others."""

FAILS = ("keras_biases",)


keras_biases = {
    "stem": 64,
    "stage_1": 3 * (64 + 64 + 256 + 256),
    "stage_4": 3 * (512 + 512 + 2048 + 2048),
    "all": 64 + 3 * 640 + 4 * 1280 + 6 * 2560 + 3 * 5120,
}
