"""You divide the weight among the heads. Each head counts `weight`, however many there are."""

FAILS = ("auxiliary_losses",)


def compile_with_heads(model, optimizer, weight=0.3, **options):
    heads = len(model.outputs) - 1
    model.compile(
        optimizer,
        loss=["sparse_categorical_crossentropy"] * (1 + heads),
        loss_weights=[1.0] + [weight / heads] * heads,
        **options,
    )
