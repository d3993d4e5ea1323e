"""You return the field of the last layer. The table needs one entry for each layer: collect them
in a list.
"""

FAILS = ("network_receptive_fields", "cost_table")


def receptive_fields(layers):
    field, jump = 1, 1
    for layer in layers:
        if layer["kind"] in ("flatten", "dense"):
            return None
        field += (layer["kernel"] - 1) * jump
        jump *= layer["stride"]
    return field
