"""Mistakes in `learned`."""

from autograder.checks import instead


@instead("untrained", say="You do not train at all.", hint=None)
def learn(images, labels, seed=0, epochs=2):
    model = network()
    model.compile(loss="mse")
    return model
