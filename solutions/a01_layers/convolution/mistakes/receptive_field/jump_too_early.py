"""You multiply the jump by a layer's stride before you use it. The stride of a layer spreads
only the layers after it: first the field, then the jump.
"""

FAILS = ("receptive_field",)


def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        jump *= stride
        field += dilation * (kernel - 1) * jump
    return field
