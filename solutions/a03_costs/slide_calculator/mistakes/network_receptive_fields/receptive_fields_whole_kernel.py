"""You add K for each layer. The first tap of the window is already in the field, so a layer adds K
- 1 jumps.
"""

FAILS = ("network_receptive_fields", "cost_table")


def receptive_fields(layers):
    fields = []
    field, jump = 1, 1
    for layer in layers:
        if field is None or layer["kind"] in ("flatten", "dense"):
            field = None
        else:
            field += layer["kernel"] * jump
            jump *= layer["stride"]
        fields.append(field)
    return fields
