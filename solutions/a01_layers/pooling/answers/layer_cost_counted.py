"""The connections are counted window by window."""

import numpy as np


def layer_cost(image_shape, kernel_size, filters):
    height, width, channels = image_shape
    windows = [
        (top, left)
        for top in range(height)
        for left in range(width)
        if top + kernel_size[0] <= height and left + kernel_size[1] <= width
    ]
    weights = np.prod(kernel_size) * channels
    return {"parameters": filters * weights + filters, "edges": len(windows) * weights * filters}
