"""You set everything to zero. Kernels must be drawn at random, or all units of a layer learn the
same, and gamma and the moving variance begin at one: use the initializers of each layer."""

FAILS = ("reinitialise",)


def reinitialise(model, names):
    for name in names:
        layer = model.get_layer(name)
        if layer.weights:
            layer.set_weights([np.zeros(weight.shape) for weight in layer.weights])
