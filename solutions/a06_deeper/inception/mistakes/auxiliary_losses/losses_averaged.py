"""You make the weights add up to 1. The slide's total is a sum: 1 for the main loss, `weight` for
every head.
"""

FAILS = ("auxiliary_losses",)


def compile_with_heads(model, optimizer, weight=0.3, **options):
    heads = len(model.outputs) - 1
    model.compile(
        optimizer,
        loss=["sparse_categorical_crossentropy"] * (1 + heads),
        loss_weights=[w / (1 + weight * heads) for w in [1.0] + [weight] * heads],
        **options,
    )
