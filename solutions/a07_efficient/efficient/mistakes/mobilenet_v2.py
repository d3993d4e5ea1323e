"""Mistakes in `mobilenet_v2`."""

from autograder.checks import change

change(
    "v2_narrow_head",
    "last = to_eights(1280 * alpha) if alpha > 1 else 1280",
    "last = to_eights(1280 * alpha)",
    say=(
        "Your last convolution gets narrower with `alpha`. Below 1 it keeps its 1,280 filters; only "
        "above 1 does it grow."
    ),
)

change(
    "v2_head_always_1280",
    "last = to_eights(1280 * alpha) if alpha > 1 else 1280",
    "last = 1280",
    say="Your last convolution has 1,280 filters always. With `alpha` above 1 it has more.",
)

change(
    "v2_not_rounded",
    "x = inverted_residual(x, to_eights(filters * alpha), strides, expansion, name=name)",
    "x = inverted_residual(x, int(filters * alpha), strides, expansion, name=name)",
    say="The widths of your blocks are not multiples of 8. Round them with `to_eights`.",
)

change(
    "v2_rounded_down",
    "x = inverted_residual(x, to_eights(filters * alpha), strides, expansion, name=name)",
    """x = inverted_residual(
                x, max(8, int(filters * alpha) // 8 * 8), strides, expansion, name=name
            )""",
    say=(
        "You round the widths of your blocks down. `to_eights` takes the nearest multiple of 8, and "
        "never one that is more than 10 % too small."
    ),
)

change(
    "v2_stem_not_scaled",
    "width = to_eights(32 * alpha)",
    "width = 32",
    say="Your first convolution has 32 filters whatever `alpha` is. It is scaled, too.",
)

change(
    "v2_every_block_strided",
    "strides = first if block == 0 else 1",
    "strides = first",
    say="Every block of a row has its stride in your network. It is that of the first block only.",
)

change(
    "v2_no_last_activation",
    """
    x = layers.ReLU(6, name="conv_last_relu")(x)
    """,
    """
    pass
    """,
    say=(
        "There is no activation after your last convolution. It is not a projection: BN and ReLU6 "
        "follow it."
    ),
)

change(
    "v2_first_row_expanded",
    "x = inverted_residual(x, to_eights(filters * alpha), strides, expansion, name=name)",
    "x = inverted_residual(x, to_eights(filters * alpha), strides, name=name)",
    say=(
        "Every block of yours expands six times. The first column of `V2_BLOCKS` is the expansion, "
        "and it is 1 for the first row."
    ),
)

change(
    "v2_plain_relu_outside",
    'x = layers.ReLU(6, name="conv1_relu")(x)',
    'x = layers.ReLU(name="conv1_relu")(x)',
    'x = layers.ReLU(6, name="conv_last_relu")(x)',
    'x = layers.ReLU(name="conv_last_relu")(x)',
    say=(
        "The first and the last convolution of your network have plain ReLUs. They have ReLU6, as the "
        "blocks have."
    ),
)

change(
    "v2_dropout",
    'x = layers.GlobalAveragePooling2D(name="pool")(x)',
    'x = layers.Dropout(0.2)(layers.GlobalAveragePooling2D(name="pool")(x))',
    inside="mobilenet_v2",
    say="Your network has dropout before the last layer. The table has none.",
)
