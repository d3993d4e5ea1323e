"""You do not use the dilation in `receptive_field`. The K taps of a layer have K - 1 gaps of D
values each.
"""

FAILS = ("receptive_field",)


def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, _ in layers:
        field += (kernel - 1) * jump
        jump *= stride
    return field
