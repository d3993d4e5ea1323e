"""You draw a new kernel and keep the old bias. All weights of the layer begin again, the bias with
`bias_initializer`."""

FAILS = ("reinitialise",)


def reinitialise(model, names):
    for name in names:
        layer = model.get_layer(name)
        if layer.weights:
            fresh = type(layer).from_config(layer.get_config())
            fresh.build(layer.input.shape)
            weights = fresh.get_weights()
            if len(weights) == 2:
                weights[1] = layer.get_weights()[1]
            layer.set_weights(weights)
