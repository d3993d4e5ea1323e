"""You return the two numbers in the wrong order: first what is trained, then what is not."""

FAILS = ("trainable_counts",)


def trainable_counts(model):
    trained = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
    return model.count_params() - trained, trained
