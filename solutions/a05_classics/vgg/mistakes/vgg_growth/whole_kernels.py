"""From C to D you count the 3 x 3 kernels as new. They replace the 1 x 1 kernels, so 8 of 9
weights are added, and no bias.
"""

FAILS = ("vgg_growth",)


vgg_growth = {
    "B to C": (256 + 1) * 256 + 2 * (512 + 1) * 512,
    "C to D": (9 * 256 + 1) * 256 + 2 * (9 * 512 + 1) * 512,
    "D to E": (9 * 256 + 1) * 256 + 2 * (9 * 512 + 1) * 512,
}
