"""You train for one epoch whatever is asked for. Hand `epochs` on to `training.fit`."""

FAILS = ("lenet5_trained",)
HINT = None  # An accuracy has many causes.

import keras

from course_lib import training


def train_lenet5(images, labels, seed=0, epochs=10, validation=None, c3=None):
    training.set_seed(seed)
    model = build_lenet5(c3=c3)
    model.compile(
        optimizer=keras.optimizers.Adam(0.002),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    history = training.fit(
        model, (prepare_images(images), labels), epochs=1, batch_size=64, seed=seed
    )

    def score(images):
        return model.predict(prepare_images(images), verbose=0)

    score.model, score.history = model, history
    return score
