"""Mistakes in `transfer_gain`."""

from autograder.checks import change, instead

change(
    "transfer_base_forgotten",
    """
    base = pretrained_base()
    """,
    """
    training.set_seed(seed)
    base = build_base()
    """,
    say="All steps are there, and the base is `build_base()`, which has not learned anything.",
    hint=None,  # An accuracy has many causes.
)


@instead(
    "transfer_from_scratch",
    say=(
        "Your base begins with random weights. Take `pretrained_base()`: what it has learned is "
        "the gain."
    ),
    hint=None,  # An accuracy has many causes.
)
def transfer(train_images, train_labels, seed=0, epochs=20):
    training.set_seed(seed)
    model = keras.Sequential([build_base(), layers.Dense(int(train_labels.max()) + 1, name="head")])
    compile_network(model, BASE_LEARNING_RATE)
    steps = -(-epochs * len(train_images) // 16)
    train(model, train_images, train_labels, steps, seed, batch_size=16)
    return model


@instead(
    "transfer_head_untrained",
    say="Your new head keeps its random weights; small steps do not get far from there.",
    hint=None,  # An accuracy has many causes.
)
def transfer(train_images, train_labels, seed=0, epochs=20):
    training.set_seed(seed)
    base = pretrained_base()
    model = new_head(base, int(train_labels.max()) + 1)
    fine_tune(model, base, 1, BASE_LEARNING_RATE)
    steps = -(-epochs * len(train_images) // 16)
    train(model, train_images, train_labels, steps, seed, batch_size=16)
    return model


@instead(
    "transfer_images_of_its_own",
    say="You train on more images than you were given. Few images are the point of the exercise.",
    hint=None,  # An accuracy has many causes.
)
def transfer(train_images, train_labels, seed=0, epochs=20):
    images, labels = only(data.load("mnist").train, (5, 6, 7, 8, 9))
    images, labels = images[:200], labels[:200]
    base = pretrained_base()
    head = trained_head(features_at(base, "features", images), labels)
    model = new_head(base, 5)
    model.get_layer("head").set_weights(head)
    fine_tune(model, base, 1, BASE_LEARNING_RATE)
    train(model, images, labels, 100, seed, batch_size=16)
    return model
