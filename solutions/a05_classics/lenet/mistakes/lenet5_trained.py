"""Mistakes in `lenet5_trained`."""

from autograder.checks import change, instead


@instead(
    "learning_rate",
    say=(
        "Your learning rate is a hundred times too large, and the weights jump about. Adam wants "
        "0.002 here."
    ),
    hint=None,  # An accuracy has many causes.
)
def train_lenet5(images, labels, seed=0, epochs=10, validation=None, c3=None):
    training.set_seed(seed)
    model = build_lenet5(c3=c3)
    model.compile(
        optimizer=keras.optimizers.Adam(0.2),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    history = training.fit(
        model, (prepare_images(images), labels), epochs=epochs, batch_size=64, seed=seed
    )

    def score(images):
        return model.predict(prepare_images(images), verbose=0)

    score.model, score.history = model, history
    return score


change(
    "one_epoch",
    """
    if validation is not None:
        validation = (prepare_images(validation[0]), validation[1])
    history = training.fit(
        model,
        (prepare_images(images), labels),
        validation,
        epochs=epochs,
        batch_size=64,
        seed=seed,
    )
    """,
    """
    history = training.fit(
        model, (prepare_images(images), labels), epochs=1, batch_size=64, seed=seed
    )
    """,
    say="You train for one epoch whatever is asked for. Hand `epochs` on to `training.fit`.",
    hint=None,
    inside="train_lenet5",
)


change(
    "other_preparation",
    """
    if validation is not None:
        validation = (prepare_images(validation[0]), validation[1])
    history = training.fit(
        model,
        (prepare_images(images), labels),
        validation,
        epochs=epochs,
        batch_size=64,
        seed=seed,
    )

    def score(images):
        return model.predict(prepare_images(images), verbose=0)
    """,
    """
    history = training.fit(
        model, (prepare_images(images), labels), epochs=epochs, batch_size=64, seed=seed
    )

    def score(images):
        return model.predict(np.pad(images, ((0, 0), (4, 0), (4, 0), (0, 0))), verbose=0)
    """,
    say="You score the images in another form than you trained on: pad and scale them in both "
    "places, with the same function.",
    hint=None,
    inside="train_lenet5",
)


@instead(
    "scores_as_probabilities",
    say=(
        "Your network ends in scores, but the loss takes them for probabilities: say "
        "`from_logits=True`, or put a softmax after the last layer."
    ),
    hint=None,  # An accuracy has many causes.
)
def train_lenet5(images, labels, seed=0, epochs=10, validation=None, c3=None):
    training.set_seed(seed)
    model = build_lenet5(c3=c3)
    model.compile(
        optimizer=keras.optimizers.Adam(0.002),
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    history = training.fit(
        model, (prepare_images(images), labels), epochs=epochs, batch_size=64, seed=seed
    )

    def score(images):
        return model.predict(prepare_images(images), verbose=0)

    score.model, score.history = model, history
    return score


change(
    "batches_of_32",
    """
        epochs=epochs,
        batch_size=64,
    """,
    """
        epochs=epochs,
        batch_size=32,
    """,
    say="Batches of 64 are asked for; yours hold 32.",
    hint=None,  # What the steps show is told at once.
    inside="train_lenet5",
)

change(
    "gradient_descent",
    """
        optimizer=keras.optimizers.Adam(0.002),
    """,
    """
        optimizer=keras.optimizers.SGD(0.05, momentum=0.9),
    """,
    say="Adam is asked for; you train with SGD.",
    hint=None,
    inside="train_lenet5",
)
