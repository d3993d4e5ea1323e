"""You unfreeze the whole base, whatever `last` says. Only its last convolutions are to be trained."""

FAILS = ("fine_tune",)


def fine_tune(model, base, last, learning_rate):
    base.trainable = True
    compile_network(model, learning_rate / 10)
