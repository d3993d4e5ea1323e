"""A value of the image sees one pixel, itself: start with r = 1, not with 0."""

FAILS = ("receptive_fields",)


def receptive_fields(layers):
    field, jump, fields = 0, 1, []
    for kernel, stride in layers:
        field += (kernel - 1) * jump
        jump *= stride
        fields.append((field, jump))
    return fields
