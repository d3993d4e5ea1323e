"""You scale the long side to L. It is the short side that becomes L, so that a patch of 224 always
fits.
"""

FAILS = ("scale_and_crop",)


def scale_and_crop(height, width, uniform, low=256, high=480, size=224):
    short = low + int(uniform[0] * (high - low + 1))
    scale = short / max(height, width)
    new_height, new_width = round(height * scale), round(width * scale)
    top = int(uniform[1] * (new_height - size + 1))
    left = int(uniform[2] * (new_width - size + 1))
    return new_height, new_width, top, left
