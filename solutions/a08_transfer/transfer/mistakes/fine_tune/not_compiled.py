"""You do not compile again. The model has been trained before, and its optimizer still knows the
old list of weights only: call `compile_network` last."""

FAILS = ("fine_tune",)


def fine_tune(model, base, last, learning_rate):
    base.trainable = True
    convolutions = [layer for layer in base.layers if isinstance(layer, layers.Conv2D)]
    trained = convolutions[len(convolutions) - last :]
    for layer in base.layers:
        layer.trainable = layer in trained
    model.optimizer.learning_rate.assign(learning_rate / 10)
