"""Mistakes in `dense_transition`."""

from autograder.checks import change

change(
    "transition_without_relu",
    """
    x = layers.ReLU(name=f"{name}_relu")(x)
    """,
    "",
    say=(
        "Your transition has no ReLU. The paper's sentence leaves it out, but here it stands between "
        "BN and the convolution, as in the authors' program."
    ),
    inside="transition",
    fails=("dense_transition", "densenet"),
)

change(
    "transition_without_norm",
    """
    x = layers.BatchNormalization(name=f"{name}_bn")(x)
    """,
    "",
    say="Your transition has no batch normalization. It begins with BN and ReLU.",
    inside="transition",
    fails=("dense_transition", "densenet"),
)

change(
    "transition_without_compression",
    "int(compression * x.shape[-1])",
    "x.shape[-1]",
    say="Your transition keeps all maps. It makes `compression` times as many, rounded down.",
    inside="transition",
    fails=("dense_transition", "densenet"),
)

change(
    "transition_rounds_up",
    "int(compression * x.shape[-1])",
    "int(np.ceil(compression * x.shape[-1]))",
    say="You round the number of maps up, or to the nearest. The compressed number is rounded down.",
    inside="transition",
    fails=("dense_transition", "densenet"),
)

change(
    "transition_max_pool",
    'layers.AveragePooling2D(2, name=f"{name}_pool")',
    'layers.MaxPooling2D(2, name=f"{name}_pool")',
    say="You take the maximum of each window. A transition averages.",
    inside="transition",
    fails=("dense_transition", "densenet"),
)

change(
    "transition_strided_convolution",
    """
    x = conv(x, int(compression * x.shape[-1]), 1, name=name)
    return layers.AveragePooling2D(2, name=f"{name}_pool")(x)
    """,
    """
    return conv(x, int(compression * x.shape[-1]), 1, 2, name=name)
    """,
    say=(
        "Your convolution takes every second pixel and nothing is averaged. The convolution has "
        "stride 1; the pooling halves the maps."
    ),
    inside="transition",
    fails=("dense_transition", "densenet"),
)

change(
    "transition_keeps_the_odd_row",
    'layers.AveragePooling2D(2, name=f"{name}_pool")',
    'layers.AveragePooling2D(2, padding="same", name=f"{name}_pool")',
    say="Of an odd number of rows your pooling keeps the last one. Here it is dropped: no padding.",
    inside="transition",
    fails=("dense_transition", "densenet"),
)

change(
    "transition_with_bias",
    "x = conv(x, int(compression * x.shape[-1]), 1, name=name)",
    "x = layers.Conv2D(int(compression * x.shape[-1]), 1, name=name)(x)",
    say="The convolution of your transition has a bias. No convolution of this network has one.",
    inside="transition",
    fails=("dense_transition", "densenet"),
)
