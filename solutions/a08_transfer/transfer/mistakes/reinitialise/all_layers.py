"""You reinitialize the whole model. Only the layers that are named get new weights; what the
others have learned is what you want to keep."""

FAILS = ("reinitialise",)


def reinitialise(model, names):
    for layer in model.layers:
        if layer.weights:
            fresh = type(layer).from_config(layer.get_config())
            fresh.build(layer.input.shape)
            layer.set_weights(fresh.get_weights())
