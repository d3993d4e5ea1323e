"""You count one new layer. There are three: one with 256 maps and two with 512."""

FAILS = ("vgg_growth",)


vgg_growth = {
    "B to C": (256 + 1) * 256,
    "C to D": 8 * 256 * 256,
    "D to E": (9 * 256 + 1) * 256,
}
