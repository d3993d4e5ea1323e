"""Mistakes in `budget_trained`."""

from autograder.checks import change, instead

change(
    "one_epoch",
    """
    training.fit(model, (images, labels), validation, epochs=epochs, batch_size=64, seed=seed)
    """,
    """
    training.fit(model, (images, labels), validation, epochs=1, batch_size=64, seed=seed)
    """,
    say="You train for one epoch whatever is asked for. Hand `epochs` on to `training.fit`.",
    hint=None,  # An accuracy has many causes.
)

change(
    "rate_of_one",
    "CosineDecay(0.01, steps)",
    "CosineDecay(1.0, steps)",
    say="Your learning rate starts at 1, a hundred times what Adam bears here, and the weights never "
    "recover from the first steps.",
    hint=None,
)

change(
    "other_scale",
    """
    training.fit(model, (images, labels), validation, epochs=epochs, batch_size=64, seed=seed)
    """,
    """
    training.fit(
        model, (255 * images, labels), validation, epochs=epochs, batch_size=64, seed=seed
    )
    """,
    say="You train on images from 0 to 255, and the model that you return is given images from 0 to 1. "
    "Put what prepares the images into the model, or leave it out.",
    hint=None,  # An accuracy has many causes.
)

change(
    "a_function_around_it",
    """
    training.fit(model, (images, labels), validation, epochs=epochs, batch_size=64, seed=seed)
    return model
    """,
    """
    training.fit(model, (images, labels), validation, epochs=1, batch_size=64, seed=seed)
    return lambda images: model.predict(images, verbose=0)
    """,
    say="You return a function around your model. The trained model itself is asked for: what is in a "
    "function cannot be counted.",
    hint=None,  # An accuracy has many causes.
)


@instead(
    "a_larger_network",
    say="The network that you train is not within the budget, and it is not the one that "
    "`budget_network` builds.",
    hint=None,  # The check says which number is exceeded, and by how much.
)
def train_budget_network(images, labels, seed=0, epochs=8, validation=None):
    training.set_seed(seed)
    image = keras.Input((32, 32, 3))
    x = layers.Conv2D(32, 3, strides=4, padding="same", activation="relu")(image)
    x = layers.Conv2D(64, 3, strides=2, padding="same", activation="relu")(x)
    x = layers.Dense(10, activation="softmax")(layers.Flatten()(x))
    model = keras.Model(image, x)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    training.fit(model, (images, labels), validation, epochs=epochs, seed=seed)
    return model
