"""You score the images in another form than you trained on: pad and scale them in both
places, with the same function.
"""

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
        model, (prepare_images(images), labels), epochs=epochs, batch_size=64, seed=seed
    )

    def score(images):
        return model.predict(np.pad(images, ((0, 0), (4, 0), (4, 0), (0, 0))), verbose=0)

    score.model, score.history = model, history
    return score
