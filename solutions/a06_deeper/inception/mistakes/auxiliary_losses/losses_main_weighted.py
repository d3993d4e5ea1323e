"""You weight the main loss as well. It counts 1; only the heads count `weight`."""

FAILS = ("auxiliary_losses",)


def compile_with_heads(model, optimizer, weight=0.3, **options):
    heads = len(model.outputs) - 1
    model.compile(
        optimizer,
        loss=["sparse_categorical_crossentropy"] * (1 + heads),
        loss_weights=[weight] * (1 + heads),
        **options,
    )
