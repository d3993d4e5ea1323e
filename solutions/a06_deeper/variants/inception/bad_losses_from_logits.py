"""You let Keras apply a softmax to probabilities. The outputs have had their softmax: leave out
`from_logits=True`.
"""

import keras

FAILS = ("auxiliary_losses",)


def compile_with_heads(model, optimizer, weight=0.3, **options):
    heads = len(model.outputs) - 1
    model.compile(
        optimizer,
        loss=[keras.losses.SparseCategoricalCrossentropy(from_logits=True) for _ in model.outputs],
        loss_weights=[1.0] + [weight] * heads,
        **options,
    )
