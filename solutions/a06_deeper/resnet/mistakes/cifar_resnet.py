"""Mistakes in `cifar_resnet`."""

from autograder.checks import change

change(
    "cifar_always_padding",
    "x = basic_block(x, width * 2**stage, strides, shortcut, name=name)",
    'x = basic_block(x, width * 2**stage, strides, "padding", name=name)',
    say=(
        "Your network has option A whatever `shortcut` says. Hand the argument on to `basic_block`."
    ),
)

change(
    "cifar_always_projections",
    "x = basic_block(x, width * 2**stage, strides, shortcut, name=name)",
    "x = basic_block(x, width * 2**stage, strides, name=name)",
    say=(
        "Your network has projections whatever `shortcut` says. Hand the argument on to "
        "`basic_block`."
    ),
)

change(
    "cifar_four_stages",
    "for stage in range(3):",
    "for stage in range(4):",
    say="You built four stages. Networks of 6n + 2 layers have three, with 16, 32 and 64 filters.",
)

change(
    "cifar_large_stem",
    'x = conv(image, width, 3, name="conv1")',
    'x = conv(image, width, 7, 2, name="conv1")',
    say=(
        "Your stem is that of ImageNet, 7 × 7 with stride 2. For images of 32 × 32 it is 3 × 3 "
        "with stride 1, or hardly any pixels would be left."
    ),
)

change(
    "cifar_max_pool",
    """
    x = layers.ReLU(name="conv1_relu")(x)
    """,
    """
    x = layers.ReLU(name="conv1_relu")(x)
    x = layers.MaxPooling2D(3, 2, padding="same", name="pool1")(x)
    """,
    say="You kept the max pool of the ImageNet networks. Here the stem leaves the maps at 32 × 32.",
)

change(
    "cifar_stride_in_stage_one",
    "strides = 2 if stage > 0 and block == 0 else 1",
    "strides = 2 if block == 0 else 1",
    say=(
        "Your stage 1 starts with stride 2. Its maps keep the 32 × 32 pixels of the image; stages "
        "2 and 3 begin with stride 2."
    ),
)

change(
    "cifar_two_n_blocks",
    "for block in range(n):",
    "for block in range(2 * n):",
    say="You stack 2n blocks in a stage. A stage has 2n layers, which is n blocks of two.",
)
