"""Your patch never reaches the last row and the last column. There are new_height - size + 1
places for its top.
"""

FAILS = ("scale_and_crop",)


def scale_and_crop(height, width, uniform, low=256, high=480, size=224):
    short = low + int(uniform[0] * (high - low + 1))
    scale = short / min(height, width)
    new_height, new_width = round(height * scale), round(width * scale)
    top = int(uniform[1] * (new_height - size))
    left = int(uniform[2] * (new_width - size))
    return new_height, new_width, top, left
