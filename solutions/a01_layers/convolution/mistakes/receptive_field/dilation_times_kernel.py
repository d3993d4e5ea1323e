"""You take D * K - 1 for what a dilated layer adds. There are K - 1 gaps of D values, so it
adds D * (K - 1).
"""

FAILS = ("receptive_field",)


def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        field += (dilation * kernel - 1) * jump
        jump *= stride
    return field
