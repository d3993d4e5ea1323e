"""Mistakes in `kept_values`."""

from autograder.checks import change

change(
    "kept_last_layer_twice",
    "growth * layers_count * (layers_count - 1) // 2",
    "growth * layers_count * (layers_count + 1) // 2",
    say=(
        "You count what each layer hands on. What is normalized is what it reads: the first layer "
        "reads the block's input alone."
    ),
)

change(
    "kept_input_once",
    "read = layers_count * channels + growth",
    "read = channels + growth",
    say="You count the block's input once among the normalized maps. Every layer normalizes it anew.",
)

change(
    "kept_without_the_input",
    "made = channels + layers_count * growth",
    "made = layers_count * growth",
    say="Under `features` the maps that the block was given are missing.",
)

change(
    "kept_one_side",
    '{"features": height * width * made, "normalized": height * width * read}',
    '{"features": height * height * made, "normalized": height * height * read}',
    say="You take the height for both sides of the maps.",
)

change(
    "kept_maps",
    '{"features": height * width * made, "normalized": height * width * read}',
    '{"features": made, "normalized": read}',
    say="You count maps. A map is height × width numbers.",
)

change(
    "kept_square_of_layers",
    "growth * layers_count * (layers_count - 1) // 2",
    "growth * layers_count * (layers_count - 1)",
    say="Your sum 0 + 1 + ... + (L - 1) is twice too large: it is L (L - 1) / 2.",
)

change(
    "kept_bytes",
    '{"features": height * width * made, "normalized": height * width * read}',
    '{"features": 4 * height * width * made, "normalized": 4 * height * width * read}',
    say="You count bytes. Asked is how many numbers there are.",
)
