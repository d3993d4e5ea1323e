"""Mistakes in `trainable_counts`."""

from autograder.checks import change

change(
    "arrays",
    """
    trained = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
    return trained, model.count_params() - trained
    """,
    """
    return len(model.trainable_weights), len(model.non_trainable_weights)
    """,
    say=(
        "You count arrays. A weight of shape (3, 3, 2, 4) has 72 numbers: take the product of its "
        "shape."
    ),
    inside="trainable_counts",
)

change(
    "statistics_forgotten",
    """
    return trained, model.count_params() - trained
    """,
    """
    statistics = sum(
        int(np.prod(w.shape)) for w in model.non_trainable_weights if w.name.startswith("moving")
    )
    return trained, model.count_params() - trained - statistics
    """,
    say=(
        "You have forgotten the moving statistics of batch normalization. They are not trained, "
        "and count among the second number."
    ),
    inside="trainable_counts",
)

change(
    "swapped",
    "return trained, model.count_params() - trained",
    "return model.count_params() - trained, trained",
    say="You return the two numbers in the wrong order: first what is trained, then what is not.",
    inside="trainable_counts",
)

change(
    "total",
    "return trained, model.count_params() - trained",
    "return trained, model.count_params()",
    say=(
        "You return the number of all parameters in second place. The numbers that are not trained "
        "are asked for: take the trained ones away."
    ),
    inside="trainable_counts",
)

change(
    "whole_layers",
    "trained = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)",
    "trained = sum(layer.count_params() for layer in model.layers if layer.trainable)",
    say=(
        "You count all parameters of a layer as trained if the layer is trainable. The moving "
        "statistics of batch normalization are never trained, and a model inside may be frozen in "
        "part."
    ),
    inside="trainable_counts",
)
