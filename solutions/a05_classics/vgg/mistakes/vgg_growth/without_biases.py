"""You forgot the biases: every new convolution has one for each of its filters."""

FAILS = ("vgg_growth",)


vgg_growth = {
    "B to C": 256 * 256 + 2 * 512 * 512,
    "C to D": 8 * 256 * 256 + 2 * 8 * 512 * 512,
    "D to E": 9 * 256 * 256 + 2 * 9 * 512 * 512,
}
