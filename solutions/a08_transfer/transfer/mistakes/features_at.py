"""Mistakes in `features_at`."""

from autograder.checks import change

change(
    "average_ignored",
    "if outputs.ndim == 4 and average:",
    "if False:",
    say=(
        "You do not average the maps when `average` is true. Each map then becomes one number, its "
        "mean over height and width."
    ),
    inside="features_at",
)

change(
    "averaged_over_channels",
    "return outputs.mean(axis=(1, 2))",
    "return outputs.mean(axis=3).reshape(len(outputs), -1)",
    say=(
        "You average over the channels. Average each map over its positions, axes 1 and 2, so that "
        "one number is left for each channel."
    ),
    inside="features_at",
)

change(
    "input_of_the_layer",
    "part = keras.Model(model.input, model.get_layer(layer).output)",
    "part = keras.Model(model.input, model.get_layer(layer).input)",
    say=(
        "You return what goes into the layer. Its features are what comes out of it: "
        "`get_layer(layer).output`."
    ),
    inside="features_at",
)

change(
    "maximum",
    "return outputs.mean(axis=(1, 2))",
    "return outputs.max(axis=(1, 2))",
    say="You take the largest value of each map. Its average over the positions is asked for.",
    inside="features_at",
)

change(
    "not_in_a_row",
    "return outputs.reshape(len(outputs), -1)",
    "return outputs.reshape(outputs.shape)",
    say=(
        "You leave the maps as they are. Their values must stand in a row for each image: `(batch, "
        "height * width * channels)`."
    ),
    inside="features_at",
)

change(
    "training_mode",
    "outputs = keras.ops.convert_to_numpy(part(images, training=False))",
    "outputs = keras.ops.convert_to_numpy(part(images, training=True))",
    say=(
        "You run the model in training mode, so batch normalization uses the statistics of these "
        "images and changes its own. Call it with `training=False`."
    ),
    inside="features_at",
)
