"""You add K - 1 pixels for every layer. Behind a stride the values in the window are j pixels
apart, so the layer adds (K - 1) j.
"""

FAILS = ("receptive_fields",)


def receptive_fields(layers):
    field, jump, fields = 1, 1, []
    for kernel, stride in layers:
        field += kernel - 1
        jump *= stride
        fields.append((field, jump))
    return fields
