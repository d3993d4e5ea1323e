"""Mistakes in `reinitialise`."""

from autograder.checks import change

change(
    "all_layers",
    """
    for name in names:
        layer = model.get_layer(name)
    """,
    """
    for layer in model.layers:
    """,
    say=(
        "You reinitialize the whole model. Only the layers that are named get new weights; what "
        "the others have learned is what you want to keep."
    ),
    inside="reinitialise",
)

change(
    "kernel_only",
    """
    layer.set_weights(fresh.get_weights())
    """,
    """
    weights = fresh.get_weights()
    if len(weights) == 2:
        weights[1] = layer.get_weights()[1]
    layer.set_weights(weights)
    """,
    say=(
        "You draw a new kernel and keep the old bias. All weights of the layer begin again, the "
        "bias with `bias_initializer`."
    ),
    inside="reinitialise",
)

change(
    "standard_normal",
    """
    fresh = type(layer).from_config(layer.get_config())
    fresh.build(layer.input.shape)
    layer.set_weights(fresh.get_weights())
    """,
    """
    layer.set_weights(
        [np.random.default_rng(0).normal(size=w.shape) for w in layer.weights]
    )
    """,
    say=(
        "You draw the weights from a distribution of your own choice. Each layer knows its own "
        "initializers, whose numbers are of another size for a kernel, and zeros or ones for the "
        "other weights."
    ),
    inside="reinitialise",
)

change(
    "statistics_kept",
    "layer.set_weights(fresh.get_weights())",
    "layer.set_weights([*fresh.get_weights()[:2], *layer.get_weights()[2:]])",
    say=(
        "You give batch normalization a new gamma and beta and keep its moving statistics. They "
        "were measured on other features: mean and variance begin again at 0 and 1."
    ),
    inside="reinitialise",
)

change(
    "zeros",
    """
    fresh = type(layer).from_config(layer.get_config())
    fresh.build(layer.input.shape)
    layer.set_weights(fresh.get_weights())
    """,
    """
    layer.set_weights([np.zeros(weight.shape) for weight in layer.weights])
    """,
    say=(
        "You set everything to zero. Kernels must be drawn at random, or all units of a layer "
        "learn the same, and gamma and the moving variance begin at one: use the initializers of "
        "each layer."
    ),
    inside="reinitialise",
)

change(
    "first_only",
    "for name in names:",
    "for name in names[:1]:",
    say=("You give new weights to the first of the layers only. All that are named begin again."),
    inside="reinitialise",
)


change(
    "not_set",
    "layer.set_weights(fresh.get_weights())",
    "fresh.get_weights()",
    say=(
        "You make a new layer, and the model keeps the old one. Copy the new weights: "
        "layer.set_weights(fresh.get_weights())."
    ),
    inside="reinitialise",
)


change(
    "shuffled",
    "layer.set_weights(fresh.get_weights())",
    "layer.set_weights([w * 0.0 if w.ndim == 1 else w for w in fresh.get_weights()])",
    say=(
        "You set every vector to zero. Batch normalization's gamma and moving variance begin "
        "with ones."
    ),
    inside="reinitialise",
)
