"""Mistakes in `densenet`."""

from autograder.checks import change

change(
    "densenet_without_the_last_relu",
    """
    x = layers.ReLU(name="last_relu")(x)
    """,
    "",
    say=(
        "The ReLU after the last batch normalization is missing. Keras' own DenseNet forgot it, too, "
        "until 2018."
    ),
    inside="densenet",
)

change(
    "densenet_without_the_last_norm",
    """
    x = layers.BatchNormalization(name="last_bn")(x)
    """,
    "",
    say="After the last block there is no batch normalization. Nobody has normalized its maps yet.",
    inside="densenet",
)

change(
    "densenet_transition_after_the_last",
    "if number < len(blocks):",
    "if True:",
    say=(
        "You put a transition after the last block as well. Transitions stand between blocks; after "
        "the last one come BN, ReLU and the global average."
    ),
    inside="densenet",
)

change(
    "densenet_transition_to_growth",
    'x = transition(x, compression, name=f"transition{number}")',
    'x = transition(x, growth / x.shape[-1], name=f"transition{number}")',
    say=(
        "Your transitions make k maps, the growth rate. They make `compression` times as many as "
        "they are given."
    ),
    inside="densenet",
)

change(
    "densenet_compression_not_handed_on",
    'x = transition(x, compression, name=f"transition{number}")',
    'x = transition(x, name=f"transition{number}")',
    say="Your transitions do not compress, whatever `compression` says. Hand the argument on.",
    inside="densenet",
)

change(
    "densenet_bottleneck_not_handed_on",
    'x = dense_block(x, layers_count, growth, bottleneck, name=f"dense{number}")',
    'x = dense_block(x, layers_count, growth, name=f"dense{number}")',
    say="Your blocks have no bottlenecks, whatever `bottleneck` says. Hand the argument on.",
    inside="densenet",
)

change(
    "densenet_small_stem_normalized",
    """
    if large_stem:
        x = layers.BatchNormalization(name="conv1_bn")(x)
        x = layers.ReLU(name="conv1_relu")(x)
        x = layers.ZeroPadding2D(1, name="pool1_pad")(x)
    """,
    """
    x = layers.BatchNormalization(name="conv1_bn")(x)
    x = layers.ReLU(name="conv1_relu")(x)
    if large_stem:
        x = layers.ZeroPadding2D(1, name="pool1_pad")(x)
    """,
    say=(
        "Your small stem has BN and ReLU after its convolution. There nothing follows: the first "
        "dense layer brings its own."
    ),
    inside="densenet",
)

change(
    "densenet_large_stem_not_normalized",
    """
    x = layers.BatchNormalization(name="conv1_bn")(x)
    x = layers.ReLU(name="conv1_relu")(x)
    """,
    "",
    say="Your large stem has no BN and ReLU between its convolution and the max pool.",
    inside="densenet",
)

change(
    "densenet_pool_without_border",
    """
    x = layers.ZeroPadding2D(1, name="pool1_pad")(x)
    """,
    "",
    say="The max pool of your large stem has no border, so 112 pixels become 55 and not 56.",
    inside="densenet",
)
