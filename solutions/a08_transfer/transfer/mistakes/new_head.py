"""Mistakes in `new_head`."""

from autograder.checks import change

change(
    "hidden_layer",
    """
    features = InInference(base)(images)
    """,
    """
    features = InInference(base)(images)
    features = layers.Dense(32, activation="relu")(features)
    """,
    say=(
        "You have put a hidden layer between the features and the scores. The new head is a single "
        "dense layer."
    ),
    inside="new_head",
)

change(
    "mode_of_the_model",
    """
    features = InInference(base)(images)
    return keras.Model(images, layers.Dense(classes, name="head")(features))
    """,
    """
    return keras.Model(images, layers.Dense(classes, name="head")(base(images, training=False)))
    """,
    say=(
        "You leave the mode to the model: when it is trained, batch normalization in the base uses "
        "the statistics of the batch. Pass `training=False` in the `call` of a layer of your own."
    ),
    inside="new_head",
)

change(
    "softmax",
    'return keras.Model(images, layers.Dense(classes, name="head")(features))',
    'return keras.Model(images, layers.Dense(classes, activation="softmax", name="head")(features))',
    say=(
        "You end in a softmax. Scores are asked for; the loss that `compile_network` sets takes "
        "the softmax itself."
    ),
    inside="new_head",
)

change(
    "training_mode",
    "return self.inside(x, training=False)",
    "return self.inside(x, training=True)",
    say=(
        "You call the base with `training=True`. Then batch normalization never uses its stored "
        "statistics, not even for a prediction: it must be False."
    ),
    inside="InInference",
)

change(
    "without_bias",
    'return keras.Model(images, layers.Dense(classes, name="head")(features))',
    'return keras.Model(images, layers.Dense(classes, use_bias=False, name="head")(features))',
    say="Your head has no biases. A dense layer with biases is asked for: one for each class.",
    inside="new_head",
)

change(
    "base_copied",
    "features = InInference(base)(images)",
    "features = InInference(keras.models.clone_model(base))(images)",
    say=(
        "You make a copy of the base, with weights of its own that nobody has trained. Put the base "
        "itself into the new model."
    ),
    inside="new_head",
)
