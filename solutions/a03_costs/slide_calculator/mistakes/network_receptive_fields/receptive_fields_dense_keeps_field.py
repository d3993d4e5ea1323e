"""You keep the field of the last window behind a flatten or dense layer. There every value depends
on the whole map, so write None.
"""

FAILS = ("network_receptive_fields", "cost_table")


def receptive_fields(layers):
    fields = []
    field, jump = 1, 1
    for layer in layers:
        if layer["kind"] in ("conv", "pool"):
            field += (layer["kernel"] - 1) * jump
            jump *= layer["stride"]
        fields.append(field)
    return fields
