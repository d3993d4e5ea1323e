"""You have forgotten the moving statistics of batch normalization. They are not trained, and count
among the second number."""

FAILS = ("trainable_counts",)


def trainable_counts(model):
    trained = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
    statistics = sum(
        int(np.prod(w.shape)) for w in model.non_trainable_weights if w.name.startswith("moving")
    )
    return trained, model.count_params() - trained - statistics
