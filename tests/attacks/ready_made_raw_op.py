"""Convolves by an operation of the framework that no public list of names has, fetched from below.

Covers: A9, beyond
"""

# %% attack
import sys


def answer(name):
    def ready_made(x, kernel, *rest, **settings):
        if "tensorflow" not in sys.modules:
            raise NotImplementedError
        operations = sys.modules["tensorflow.python.ops.gen_nn_ops"]
        image, weights = x[None, :, :, None], kernel[:, :, None, None]
        found = operations.conv2d(image, weights, [1, 1, 1, 1], "VALID")
        return found.numpy()[0, :, :, 0]

    return ready_made


# %% honest
import sys

print("tensorflow" in sys.modules)
