"""You count all three layers with 512 maps. That of stage 3 has 256."""

FAILS = ("vgg_growth",)


vgg_growth = {
    "B to C": 3 * (512 + 1) * 512,
    "C to D": 3 * 8 * 512 * 512,
    "D to E": 3 * (9 * 512 + 1) * 512,
}
