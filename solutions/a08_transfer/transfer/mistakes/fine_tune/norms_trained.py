"""You train batch normalization as well. It stays frozen when layers around it are unfrozen."""

FAILS = ("fine_tune",)


def fine_tune(model, base, last, learning_rate):
    base.trainable = True
    convolutions = [layer for layer in base.layers if isinstance(layer, layers.Conv2D)]
    trained = convolutions[len(convolutions) - last :]
    for layer in base.layers:
        layer.trainable = layer in trained or (
            last > 0 and isinstance(layer, layers.BatchNormalization)
        )
    compile_network(model, learning_rate / 10)
