"""Mistakes in `resnet_trained`."""

from autograder.checks import change, instead


@instead(
    "boundaries_in_epochs",
    say=(
        "Your learning rate falls after a few steps already: the boundaries of "
        "`PiecewiseConstantDecay` are steps, and you gave epochs."
    ),
    hint=None,  # An accuracy has many causes.
)
def train_resnet(images, labels, seed=0, epochs=5, validation=None):
    training.set_seed(seed)
    model = cifar_resnet(1, width=8, input_shape=(14, 14, 1))
    rates = keras.optimizers.schedules.PiecewiseConstantDecay(
        [epochs / 2, 3 * epochs / 4], [0.1, 0.01, 0.001]
    )
    model.compile(
        keras.optimizers.SGD(rates, momentum=0.9),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        jit_compile=False,
    )
    history = training.fit(model, (shrink(images), labels), epochs=epochs, batch_size=64, seed=seed)

    def score(images):
        return model.predict(shrink(images), verbose=0)

    score.model, score.history = model, history
    return score


change(
    "one_epoch",
    """
    if validation is not None:
        validation = (shrink(validation[0]), validation[1])
    history = training.fit(
        model, (shrink(images), labels), validation, epochs=epochs, batch_size=64, seed=seed
    )
    """,
    """
    history = training.fit(model, (shrink(images), labels), epochs=1, batch_size=64, seed=seed)
    """,
    say="You train for one epoch whatever is asked for. Hand `epochs` on to `training.fit`.",
    hint=None,  # An accuracy has many causes.
)

change(
    "other_scale",
    """
    if validation is not None:
        validation = (shrink(validation[0]), validation[1])
    history = training.fit(
        model, (shrink(images), labels), validation, epochs=epochs, batch_size=64, seed=seed
    )
    """,
    """
    small = shrink(images)
    small = (small - small.mean()) / small.std()
    history = training.fit(model, (small, labels), epochs=epochs, batch_size=64, seed=seed)
    """,
    say=(
        "You train on standardized images and score others: prepare them in both places, with the "
        "same function and the same numbers."
    ),
    hint=None,  # An accuracy has many causes.
)

change(
    "shuffled_apart",
    """
    if validation is not None:
        validation = (shrink(validation[0]), validation[1])
    history = training.fit(
        model, (shrink(images), labels), validation, epochs=epochs, batch_size=64, seed=seed
    """,
    """
    order = np.random.default_rng(seed).permutation(len(images))
    history = training.fit(
        model, (shrink(images)[order], labels), epochs=epochs, batch_size=64, seed=seed
    """,
    say=(
        "You shuffle the images and leave the labels where they were. Draw one order and apply it "
        "to both, or leave it to `training.fit`, which shuffles."
    ),
    hint=None,  # An accuracy has many causes.
)


change(
    "no_momentum",
    "        keras.optimizers.SGD(rates, momentum=0.9),",
    "        keras.optimizers.SGD(rates),",
    say="A momentum of 0.9 is asked for; SGD has none unless it is told.",
    hint=None,  # What the steps show is told at once.
    inside="train_resnet",
)

change(
    "one_rate",
    "        keras.optimizers.SGD(rates, momentum=0.9),",
    "        keras.optimizers.SGD(0.1, momentum=0.9),",
    say="The learning rate is to fall; yours stays at 0.1.",
    hint=None,
    inside="train_resnet",
)
