"""A name that no layer has is passed over in silence, and the caller believes that something is
frozen. Raise a ValueError."""

FAILS = ("freeze",)
HINT = None


def freeze(model, until):
    behind = until is None or until not in [layer.name for layer in model.layers]
    for layer in model.layers:
        layer.trainable = behind
        behind = behind or layer.name == until
