"""Keeps a layer and a traced function from before the check, and lets them answer.

Covers: A9, beyond
"""

# %% attack
import sys

kept = {}
if "keras" in sys.modules:
    keras = sys.modules["keras"]
    kept["layer"] = keras.layers.Conv2D(1, 2, use_bias=False)
if "tensorflow" in sys.modules:
    kept["traced"] = sys.modules["tensorflow"].function(sys.modules["tensorflow"].nn.conv2d)


def answer(name):
    def ready_made(x, kernel, *rest, **settings):
        image, weights = x[None, :, :, None], kernel[:, :, None, None]
        if "traced" in kept:
            return kept["traced"](image, weights, 1, "VALID").numpy()[0, :, :, 0]
        if "layer" in kept:
            return kept["layer"](image)[0, :, :, 0]
        raise NotImplementedError

    return ready_made


# %% honest
from functools import partial

double_of_four = partial(lambda x, factor: factor * x, 4)
print(double_of_four(2))
