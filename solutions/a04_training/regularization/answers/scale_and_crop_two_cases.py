"""With one case for each orientation, in whole numbers."""

import math


def scale_and_crop(height, width, uniform, low=256, high=480, size=224):
    for_scale, for_top, for_left = uniform
    short = math.floor(low + for_scale * (high - low + 1))
    if height <= width:
        new_height, new_width = short, (2 * width * short + height) // (2 * height)
    else:
        new_height, new_width = (2 * height * short + width) // (2 * width), short
    places = (new_height - size + 1, new_width - size + 1)
    return new_height, new_width, math.floor(for_top * places[0]), math.floor(for_left * places[1])
