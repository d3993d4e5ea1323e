"""All your losses count 1. Pass `loss_weights`: 1 for the main output, `weight` for every head."""

FAILS = ("auxiliary_losses",)


def compile_with_heads(model, optimizer, weight=0.3, **options):
    heads = len(model.outputs) - 1
    model.compile(
        optimizer,
        loss=["sparse_categorical_crossentropy"] * (1 + heads),
        **options,
    )
