"""You add K for each layer. The window begins at a pixel that is seen already, so it only adds K -
1 steps.
"""

FAILS = ("receptive_fields",)


def receptive_fields(layers):
    field, jump, fields = 1, 1, []
    for kernel, stride in layers:
        field += kernel * jump
        jump *= stride
        fields.append((field, jump))
    return fields
