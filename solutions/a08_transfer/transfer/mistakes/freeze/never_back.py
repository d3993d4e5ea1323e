"""You only ever freeze. A layer behind `until` that was frozen before must be trainable
afterwards: set `trainable` of every layer."""

FAILS = ("freeze",)


def freeze(model, until):
    names = [layer.name for layer in model.layers]
    if until is not None and until not in names:
        raise ValueError(f"no layer {until}")
    for layer in model.layers[: 0 if until is None else names.index(until) + 1]:
        layer.trainable = False
