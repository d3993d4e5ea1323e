"""You train on standardized images and score others: prepare them in both places, with the same
function and the same numbers.
"""

FAILS = ("resnet_trained",)
HINT = None  # An accuracy has many causes.

import keras
import numpy as np

from course_lib import training


def train_resnet(images, labels, seed=0, epochs=5, validation=None):
    training.set_seed(seed)
    model = cifar_resnet(1, width=8, input_shape=(14, 14, 1))
    steps = epochs * int(np.ceil(len(images) / 64))
    rates = keras.optimizers.schedules.PiecewiseConstantDecay(
        [steps // 2, 3 * steps // 4], [0.1, 0.01, 0.001]
    )
    model.compile(
        keras.optimizers.SGD(rates, momentum=0.9),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        jit_compile=False,
    )
    small = shrink(images)
    small = (small - small.mean()) / small.std()
    history = training.fit(model, (small, labels), epochs=epochs, batch_size=64, seed=seed)

    def score(images):
        return model.predict(shrink(images), verbose=0)

    score.model, score.history = model, history
    return score
