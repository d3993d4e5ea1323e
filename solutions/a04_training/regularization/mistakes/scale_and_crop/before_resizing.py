"""You look for the place in the image as it was. The patch is taken after resizing, so its range
comes from the new height and width.
"""

FAILS = ("scale_and_crop",)


def scale_and_crop(height, width, uniform, low=256, high=480, size=224):
    short = low + int(uniform[0] * (high - low + 1))
    scale = short / min(height, width)
    new_height, new_width = round(height * scale), round(width * scale)
    top = int(uniform[1] * (height - size + 1))
    left = int(uniform[2] * (width - size + 1))
    return new_height, new_width, top, left
