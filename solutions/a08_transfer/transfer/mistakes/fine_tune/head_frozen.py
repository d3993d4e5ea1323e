"""You freeze the head together with the base. The head goes on learning; only layers of the base
are frozen."""

FAILS = ("fine_tune",)


def fine_tune(model, base, last, learning_rate):
    model.trainable = True
    model.get_layer("head").trainable = False
    convolutions = [layer for layer in base.layers if isinstance(layer, layers.Conv2D)]
    trained = convolutions[len(convolutions) - last :]
    for layer in base.layers:
        layer.trainable = layer in trained
    compile_network(model, learning_rate / 10)
