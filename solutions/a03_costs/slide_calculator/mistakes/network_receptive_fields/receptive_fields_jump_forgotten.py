"""You add K - 1 for every layer, whatever came before. After a stride the neighbours of a layer
lie further apart in the image: multiply by the jump.
"""

FAILS = ("network_receptive_fields", "cost_table")


def receptive_fields(layers):
    fields = []
    field = 1
    for layer in layers:
        if field is None or layer["kind"] in ("flatten", "dense"):
            field = None
        else:
            field += layer["kernel"] - 1
        fields.append(field)
    return fields
