"""The input of your new layers has the maps of the stage before. They stand behind other
layers of their stage, which have as many filters already.
"""

FAILS = ("vgg_growth",)


vgg_growth = {
    "B to C": (128 + 1) * 256 + (256 + 1) * 512 + (512 + 1) * 512,
    "C to D": 8 * 128 * 256 + 8 * 256 * 512 + 8 * 512 * 512,
    "D to E": (9 * 128 + 1) * 256 + (9 * 256 + 1) * 512 + (9 * 512 + 1) * 512,
}
