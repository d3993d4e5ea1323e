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

change(
    "averaged_over_the_batch",
    "return outputs.mean(axis=(1, 2))",
    "return outputs.mean(axis=(0, 1, 2))",
    say=("You average over the images as well. Each image has features of its own: axes 1 and 2."),
    inside="features_at",
)


change(
    "always_averaged",
    "if outputs.ndim == 4 and average:",
    "if outputs.ndim == 4:",
    say=(
        "You always average the maps. Only where `average` is true; otherwise all values "
        "stand in a row."
    ),
    inside="features_at",
)


change(
    "one_row",
    "return outputs.reshape(len(outputs), -1)",
    "return outputs.reshape(-1)",
    say=(
        "You put all images into one row. Each image has a row of its own: "
        "`reshape(len(outputs), -1)`."
    ),
    inside="features_at",
)


change(
    "averaged_over_rows",
    "return outputs.mean(axis=(1, 2))",
    "return outputs.mean(axis=1).reshape(len(outputs), -1)",
    say=("You average over the height alone. Average each map over its positions, axes 1 and 2."),
    inside="features_at",
)


change(
    "channels_first",
    "return outputs.reshape(len(outputs), -1)",
    "return np.moveaxis(outputs, -1, 1).reshape(len(outputs), -1)",
    say=(
        "You put the maps one after the other. The values stay in their order: row, column, "
        "channel."
    ),
    inside="features_at",
)
