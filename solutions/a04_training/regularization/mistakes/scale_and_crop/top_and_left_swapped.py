"""You took the second number for the left and the third for the top. The order is scale, top,
left.
"""

FAILS = ("scale_and_crop",)


def scale_and_crop(height, width, uniform, low=256, high=480, size=224):
    short = low + int(uniform[0] * (high - low + 1))
    scale = short / min(height, width)
    new_height, new_width = round(height * scale), round(width * scale)
    top = int(uniform[2] * (new_height - size + 1))
    left = int(uniform[1] * (new_width - size + 1))
    return new_height, new_width, top, left
