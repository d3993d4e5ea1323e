"""You make both sides L, which squeezes the picture. Only the short side becomes L, and the other
keeps the proportions.
"""

FAILS = ("scale_and_crop",)


def scale_and_crop(height, width, uniform, low=256, high=480, size=224):
    short = low + int(uniform[0] * (high - low + 1))
    new_height, new_width = short, short
    top = int(uniform[1] * (new_height - size + 1))
    left = int(uniform[2] * (new_width - size + 1))
    return new_height, new_width, top, left
