"""You leave out the layers with a stride, as if pools had no window. A pool of 2 × 2 sees a step
further, too.
"""

FAILS = ("receptive_fields",)


def receptive_fields(layers):
    field, jump, fields = 1, 1, []
    for kernel, stride in layers:
        if stride == 1:
            field += (kernel - 1) * jump
        jump *= stride
        fields.append((field, jump))
    return fields
