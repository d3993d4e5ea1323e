"""You train for one epoch whatever is asked for. Hand `epochs` on to `training.fit`."""

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
    history = training.fit(model, (shrink(images), labels), epochs=1, batch_size=64, seed=seed)

    def score(images):
        return model.predict(shrink(images), verbose=0)

    score.model, score.history = model, history
    return score
