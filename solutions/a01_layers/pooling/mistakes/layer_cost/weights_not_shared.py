"""You count a weight for every edge. All places share the weights of a filter, so the number of
places does not count among the parameters.
"""

FAILS = ("layer_cost",)


def layer_cost(image_shape, kernel_size, filters):
    height, width, channels = image_shape
    kernel_height, kernel_width = kernel_size
    window = kernel_height * kernel_width * channels
    places = (height - kernel_height + 1) * (width - kernel_width + 1)
    return {"edges": places * filters * window, "parameters": places * filters * window + filters}
