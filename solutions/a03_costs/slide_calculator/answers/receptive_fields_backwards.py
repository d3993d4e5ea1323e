"""Walks from each layer back to the image: r = (r - 1) * S + K."""


def receptive_fields(layers):
    kinds = [layer["kind"] for layer in layers]
    fields = []
    for index in range(len(layers)):
        if "flatten" in kinds[: index + 1] or "dense" in kinds[: index + 1]:
            fields.append(None)
            continue
        field = 1
        for layer in reversed(layers[: index + 1]):
            field = (field - 1) * layer["stride"] + layer["kernel"]
        fields.append(field)
    return tuple(fields)
