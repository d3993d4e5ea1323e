"""You freeze the whole model, so nothing is left to be trained. Freeze its layers one by one, up
to and including `until`."""

FAILS = ("freeze",)


def freeze(model, until):
    if until is not None and until not in [layer.name for layer in model.layers]:
        raise ValueError(f"no layer {until}")
    model.trainable = until is None
