"""Your fields are one pixel short. Before the first layer a value is one pixel and sees itself:
start at 1.
"""

FAILS = ("network_receptive_fields", "cost_table")


def receptive_fields(layers):
    fields = []
    field, jump = 0, 1
    for layer in layers:
        if field is None or layer["kind"] in ("flatten", "dense"):
            field = None
        else:
            field += (layer["kernel"] - 1) * jump
            jump *= layer["stride"]
        fields.append(field)
    return fields
