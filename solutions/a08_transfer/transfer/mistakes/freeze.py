"""Mistakes in `freeze`."""

from autograder.checks import change, instead


@instead(
    "everything",
    say=(
        "You freeze the whole model, so nothing is left to be trained. Freeze its layers one by "
        "one, up to and including `until`."
    ),
)
def freeze(model, until):
    if until is not None and until not in [layer.name for layer in model.layers]:
        raise ValueError(f"no layer {until}")
    model.trainable = until is None


change(
    "never_back",
    """
    if until is not None and until not in names:
        raise ValueError(f"`until` must be one of {names}. Received: until={until!r}")
    last = -1 if until is None else names.index(until)
    for index, layer in enumerate(model.layers):
        layer.trainable = index > last
    """,
    """
    if until is not None and until not in names:
        raise ValueError(f"no layer {until}")
    for layer in model.layers[: 0 if until is None else names.index(until) + 1]:
        layer.trainable = False
    """,
    say=(
        "You only ever freeze. A layer after `until` that was frozen before must be trainable "
        "afterwards: set `trainable` of every layer."
    ),
    inside="freeze",
)

change(
    "one_short",
    'raise ValueError(f"`until` must be one of {names}. Received: until={until!r}")',
    'raise ValueError(f"no layer {until}")',
    "layer.trainable = index > last",
    "layer.trainable = index >= last",
    say="You leave the layer `until` itself trainable. Freeze the layers up to and including it.",
    inside="freeze",
)

change(
    "only_this_layer",
    'raise ValueError(f"`until` must be one of {names}. Received: until={until!r}")',
    'raise ValueError(f"no layer {until}")',
    "layer.trainable = index > last",
    "layer.trainable = index != last",
    say="You freeze the layer `until` alone. All layers before it are frozen, too.",
    inside="freeze",
)

change(
    "the_wrong_side",
    'raise ValueError(f"`until` must be one of {names}. Received: until={until!r}")',
    'raise ValueError(f"no layer {until}")',
    "layer.trainable = index > last",
    "layer.trainable = index <= last",
    say=(
        "You freeze what comes after `until`. The layers near the image are frozen, and those "
        "after `until` are trained."
    ),
    inside="freeze",
)


@instead(
    "unknown_name_ignored",
    say=(
        "A name that no layer has is passed over in silence, and the caller believes that "
        "something is frozen. Raise a ValueError."
    ),
    hint=None,
)
def freeze(model, until):
    behind = until is None or until not in [layer.name for layer in model.layers]
    for layer in model.layers:
        layer.trainable = behind
        behind = behind or layer.name == until


change(
    "none_freezes_all",
    "last = -1 if until is None else names.index(until)",
    "last = len(names) if until is None else names.index(until)",
    say="With `until=None` you freeze everything. Then nothing is frozen.",
    inside="freeze",
)


change(
    "by_kind",
    "layer.trainable = index > last",
    "layer.trainable = index > last or not layer.weights or layer.name.startswith('bn')",
    say=(
        "You leave batch normalization trainable. All layers up to `until` are frozen, "
        "whatever their kind."
    ),
    inside="freeze",
)
