"""Your field is one pixel short. Before the first layer a value sees exactly one pixel, itself:
start at 1.
"""

FAILS = ("receptive_field",)


def receptive_field(layers):
    field, jump = 0, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * jump
        jump *= stride
    return field
