"""You leave the layer `until` itself trainable. Freeze the layers up to and including it."""

FAILS = ("freeze",)


def freeze(model, until):
    names = [layer.name for layer in model.layers]
    if until is not None and until not in names:
        raise ValueError(f"no layer {until}")
    last = -1 if until is None else names.index(until)
    for index, layer in enumerate(model.layers):
        layer.trainable = index >= last
