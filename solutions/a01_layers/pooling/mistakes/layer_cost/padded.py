"""You let the filter stand at every pixel of the image. Without padding it fits in (H - K_H + 1) (W
- K_W + 1) places.
"""

FAILS = ("layer_cost",)


def layer_cost(image_shape, kernel_size, filters):
    height, width, channels = image_shape
    kernel_height, kernel_width = kernel_size
    window = kernel_height * kernel_width * channels
    return {"edges": height * width * filters * window, "parameters": (window + 1) * filters}
