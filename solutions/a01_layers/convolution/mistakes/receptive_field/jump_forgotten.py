"""You add D * (K - 1) for every layer and leave out the jump. After a stride the neighbours of
a layer lie further apart in the image: multiply by the product of all earlier strides.
"""

FAILS = ("receptive_field",)


def receptive_field(layers):
    field = 1
    for kernel, _, dilation in layers:
        field += dilation * (kernel - 1)
    return field
