"""You return the number of all parameters in second place. The numbers that are not trained are
asked for: take the trained ones away."""

FAILS = ("trainable_counts",)


def trainable_counts(model):
    trained = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
    return trained, model.count_params()
