"""You multiply the jump by the layer's own stride before its window is added. The values in the
window are still as far apart as before: first r, then j.
"""

FAILS = ("receptive_fields",)


def receptive_fields(layers):
    field, jump, fields = 1, 1, []
    for kernel, stride in layers:
        jump *= stride
        field += (kernel - 1) * jump
        fields.append((field, jump))
    return fields
