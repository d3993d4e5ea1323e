"""You keep the learning rate of the original training. A tenth of it is used: large steps destroy
what is good already."""

FAILS = ("fine_tune",)


def fine_tune(model, base, last, learning_rate):
    base.trainable = True
    convolutions = [layer for layer in base.layers if isinstance(layer, layers.Conv2D)]
    trained = convolutions[len(convolutions) - last :]
    for layer in base.layers:
        layer.trainable = layer in trained
    compile_network(model, learning_rate)
