"""You count the biases as edges. An edge connects an input value with an output value; a bias has
no input.
"""

FAILS = ("layer_cost",)


def layer_cost(image_shape, kernel_size, filters):
    height, width, channels = image_shape
    kernel_height, kernel_width = kernel_size
    window = kernel_height * kernel_width * channels
    places = (height - kernel_height + 1) * (width - kernel_width + 1)
    return {"edges": places * filters * (window + 1), "parameters": (window + 1) * filters}
