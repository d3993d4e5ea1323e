"""With `last` = 0 you unfreeze all convolutions: `[-0:]` is the whole list. Count from the front:
`[len(convolutions) - last:]`."""

FAILS = ("fine_tune",)


def fine_tune(model, base, last, learning_rate):
    base.trainable = True
    convolutions = [layer for layer in base.layers if isinstance(layer, layers.Conv2D)]
    trained = convolutions[-last:]
    for layer in base.layers:
        layer.trainable = layer in trained
    compile_network(model, learning_rate / 10)
