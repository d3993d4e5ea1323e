"""You forgot the channels: a filter sees all channels of its window, so it has K_H * K_W * C
weights.
"""

FAILS = ("layer_cost",)


def layer_cost(image_shape, kernel_size, filters):
    height, width, channels = image_shape
    kernel_height, kernel_width = kernel_size
    window = kernel_height * kernel_width * channels
    places = (height - kernel_height + 1) * (width - kernel_width + 1)
    return {
        "edges": places * filters * window // channels,
        "parameters": (window // channels + 1) * filters,
    }
