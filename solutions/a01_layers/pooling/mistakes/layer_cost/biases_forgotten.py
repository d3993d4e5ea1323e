"""You left the biases out of the parameters. Each filter has one bias besides its weights."""

FAILS = ("layer_cost",)


def layer_cost(image_shape, kernel_size, filters):
    height, width, channels = image_shape
    kernel_height, kernel_width = kernel_size
    window = kernel_height * kernel_width * channels
    places = (height - kernel_height + 1) * (width - kernel_width + 1)
    return {"edges": places * filters * window, "parameters": window * filters}
