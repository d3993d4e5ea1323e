"""Mistakes in `auxiliary_losses`."""

from autograder.checks import change

change(
    "losses_all_alike",
    """
    loss=["sparse_categorical_crossentropy"] * (1 + heads),
    loss_weights=[1.0] + [weight] * heads,
    """,
    """
    loss=["sparse_categorical_crossentropy"] * (1 + heads),
    """,
    say=(
        "All your losses count 1. Pass `loss_weights`: 1 for the main output, `weight` for every "
        "head."
    ),
)

change(
    "losses_averaged",
    "loss_weights=[1.0] + [weight] * heads,",
    "loss_weights=[w / (1 + weight * heads) for w in [1.0] + [weight] * heads],",
    say=(
        "You make the weights add up to 1. The slide's total is a sum: 1 for the main loss, "
        "`weight` for every head."
    ),
)

change(
    "losses_main_weighted",
    "loss_weights=[1.0] + [weight] * heads,",
    "loss_weights=[weight] * (1 + heads),",
    say="You weight the main loss as well. It counts 1; only the heads count `weight`.",
)

change(
    "losses_of_main_only",
    "loss_weights=[1.0] + [weight] * heads,",
    "loss_weights=[1.0] + [0.0] * heads,",
    say="You give the heads no weight, so they learn nothing. Each counts `weight`.",
)

change(
    "losses_weight_fixed",
    "loss_weights=[1.0] + [weight] * heads,",
    "loss_weights=[1.0] + [0.3] * heads,",
    say="You write 0.3 where the argument belongs. Use `weight`.",
)

change(
    "losses_weight_shared",
    "loss_weights=[1.0] + [weight] * heads,",
    "loss_weights=[1.0] + [weight / heads] * heads,",
    say="You divide the weight among the heads. Each head counts `weight`, however many there are.",
)
