"""Your L never becomes 480. From 256 to 480, both included, there are 480 - 256 + 1 whole numbers."""

FAILS = ("scale_and_crop",)


def scale_and_crop(height, width, uniform, low=256, high=480, size=224):
    short = low + int(uniform[0] * (high - low))
    scale = short / min(height, width)
    new_height, new_width = round(height * scale), round(width * scale)
    top = int(uniform[1] * (new_height - size + 1))
    left = int(uniform[2] * (new_width - size + 1))
    return new_height, new_width, top, left
