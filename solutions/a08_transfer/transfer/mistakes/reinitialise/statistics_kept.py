"""You give batch normalization a new gamma and beta and keep its moving statistics. They were
measured on other features: mean and variance begin again at 0 and 1."""

FAILS = ("reinitialise",)


def reinitialise(model, names):
    for name in names:
        layer = model.get_layer(name)
        if layer.weights:
            fresh = type(layer).from_config(layer.get_config())
            fresh.build(layer.input.shape)
            layer.set_weights([*fresh.get_weights()[:2], *layer.get_weights()[2:]])
