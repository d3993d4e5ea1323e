"""From the last layer back: what must be seen below to make one value above; as a float."""


def receptive_field(layers):
    field = 1.0
    for kernel, stride, dilation in reversed(layers):
        field = (field - 1) * stride + dilation * (kernel - 1) + 1
    return field
