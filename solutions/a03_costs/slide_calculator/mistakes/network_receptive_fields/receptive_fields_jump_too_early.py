"""You use the stride of a layer for the layer itself. It spreads only the layers behind it: first
the field, then the jump.
"""

FAILS = ("network_receptive_fields", "cost_table")


def receptive_fields(layers):
    fields = []
    field, jump = 1, 1
    for layer in layers:
        if field is None or layer["kind"] in ("flatten", "dense"):
            field = None
        else:
            jump *= layer["stride"]
            field += (layer["kernel"] - 1) * jump
        fields.append(field)
    return fields
