"""You count arrays. A weight of shape (3, 3, 2, 4) has 72 numbers: take the product of its shape."""

FAILS = ("trainable_counts",)


def trainable_counts(model):
    return len(model.trainable_weights), len(model.non_trainable_weights)
