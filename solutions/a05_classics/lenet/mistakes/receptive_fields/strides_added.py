"""You add the strides. Two strides of 2 after each other make a jump of 4: multiply them."""

FAILS = ("receptive_fields",)


def receptive_fields(layers):
    field, jump, fields = 1, 1, []
    for kernel, stride in layers:
        field += (kernel - 1) * jump
        jump += stride - 1
        fields.append((field, jump))
    return fields
