"""You use the stride of the previous layer as the jump. The strides of all earlier layers work
together: multiply them.
"""

FAILS = ("receptive_field",)


def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * jump
        jump = stride
    return field
