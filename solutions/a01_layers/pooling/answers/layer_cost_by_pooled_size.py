"""With the sizes from `pooled_size`, as floats."""


def layer_cost(image_shape, kernel_size, filters):
    *sides, channels = image_shape
    outputs = float(filters)
    for side, kernel in zip(sides, kernel_size, strict=True):
        outputs *= pooled_size(side, kernel, 1)
    weights = kernel_size[0] * kernel_size[1] * channels
    return {"edges": outputs * weights, "parameters": filters * (weights + 1.0)}
