"""You look at convolutions only. A pooling has a window and a stride too, and the rule is the
same.
"""

FAILS = ("network_receptive_fields", "cost_table")


def receptive_fields(layers):
    fields = []
    field, jump = 1, 1
    for layer in layers:
        if field is None or layer["kind"] in ("flatten", "dense"):
            field = None
        else:
            if layer["kind"] == "conv":
                field += (layer["kernel"] - 1) * jump
                jump *= layer["stride"]
        fields.append(field)
    return fields
