"""You take the stride of the last layer as the jump. All strides so far work together: multiply
them.
"""

FAILS = ("network_receptive_fields", "cost_table")


def receptive_fields(layers):
    fields = []
    field, jump = 1, 1
    for layer in layers:
        if field is None or layer["kind"] in ("flatten", "dense"):
            field = None
        else:
            field += (layer["kernel"] - 1) * jump
            jump = layer["stride"]
        fields.append(field)
    return fields
