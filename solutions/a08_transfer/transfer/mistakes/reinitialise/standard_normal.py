"""You draw all weights from a normal distribution with deviation 1. Each layer knows its own
initializers, which are much smaller for a kernel, and zeros or ones for the other weights."""

FAILS = ("reinitialise",)


def reinitialise(model, names):
    for name in names:
        layer = model.get_layer(name)
        if layer.weights:
            layer.set_weights(
                [np.random.default_rng(0).normal(size=w.shape) for w in layer.weights]
            )
