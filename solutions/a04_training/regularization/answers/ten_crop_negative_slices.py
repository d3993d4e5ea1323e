"""With slices from the end; the mirror image of the whole picture gives the other five."""

import numpy as np


def ten_crop(image, size):
    def five(picture, left):
        top = (picture.shape[0] - size) // 2
        return [
            picture[:size, :size],
            picture[:size, -size:],
            picture[-size:, :size],
            picture[-size:, -size:],
            picture[top : top + size, left : left + size],
        ]

    margin = image.shape[1] - size
    straight = five(image, margin // 2)
    mirrored = five(image[:, ::-1], margin - margin // 2)
    # Mirroring the picture exchanges its left and right corners.
    order = [mirrored[1], mirrored[0], mirrored[3], mirrored[2], mirrored[4]]
    return np.array(straight + order)
