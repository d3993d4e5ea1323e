"""Mistakes in `starts_as_identity`."""

from autograder.checks import change, instead

change(
    "zero_gamma_always",
    'gamma = "zeros" if zero_gamma else "ones"',
    'gamma = "zeros"',
    say=(
        "Your last gamma starts at zero in every block. It should do so only with "
        "`zero_gamma=True`."
    ),
)


@instead(
    "zero_gamma_everywhere",
    say=(
        "You start all batch normalizations at zero. Only the last one of the branch: with two "
        "zeros in a row the branch never wakes up, and a projection would let nothing pass."
    ),
)
def basic_block(x, filters, strides=1, shortcut="projection", zero_gamma=False, name="block"):
    gamma = "zeros" if zero_gamma else "ones"
    y = conv(x, filters, 3, strides, name=f"{name}_1")
    y = layers.BatchNormalization(gamma_initializer=gamma, name=f"{name}_1_bn")(y)
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    y = conv(y, filters, 3, name=f"{name}_2")
    gamma = "zeros" if zero_gamma else "ones"
    y = layers.BatchNormalization(gamma_initializer=gamma, name=f"{name}_2_bn")(y)
    if shortcut is not None:
        if x.shape != y.shape and shortcut == "padding":
            x = padding_shortcut(x, filters, strides)
        elif x.shape != y.shape:
            x = conv(x, filters, 1, strides, name=f"{name}_shortcut")
            x = layers.BatchNormalization(gamma_initializer=gamma, name=f"{name}_shortcut_bn")(x)
        y = layers.Add(name=f"{name}_add")([y, x])
    return layers.ReLU(name=f"{name}_relu")(y)


change(
    "zero_gamma_ignored",
    'gamma = "zeros" if zero_gamma else "ones"',
    'gamma = "ones"',
    say=(
        "Your block starts the same with and without `zero_gamma`. Give the last batch "
        "normalization of the branch `gamma_initializer='zeros'` when it is set."
    ),
)

change(
    "zero_gamma_of_the_first",
    """
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    """,
    """
    y = layers.BatchNormalization(
        gamma_initializer="zeros" if zero_gamma else "ones", name=f"{name}_1_bn"
    )(y)
    """,
    """
    gamma = "zeros" if zero_gamma else "ones"
    y = layers.BatchNormalization(gamma_initializer=gamma, name=f"{name}_2_bn")(y)
    """,
    """
    y = layers.BatchNormalization(name=f"{name}_2_bn")(y)
    """,
    say=(
        "You start the first batch normalization at zero. Then nothing comes out of the ReLU "
        "after it, no gradient goes back through it, and the branch never wakes up: it must be "
        "the last one."
    ),
)

change(
    "zero_gamma_of_the_projection",
    'x = layers.BatchNormalization(name=f"{name}_shortcut_bn")(x)',
    'x = layers.BatchNormalization(gamma_initializer=gamma, name=f"{name}_shortcut_bn")(x)',
    say=(
        "You start the batch normalization of the projection at zero, too. Then nothing of x "
        "reaches the sum; only the last one of the branch starts at zero."
    ),
)


change(
    "zero_gamma_of_both",
    """
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    y = conv(y, filters, 3, name=f"{name}_2")
    gamma = "zeros" if zero_gamma else "ones"
    """,
    """
    gamma = "zeros" if zero_gamma else "ones"
    y = layers.BatchNormalization(gamma_initializer=gamma, name=f"{name}_1_bn")(y)
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    y = conv(y, filters, 3, name=f"{name}_2")
    """,
    say=(
        "The first batch normalization of your branch starts with a gamma of 0 too. Only the one "
        "right before the addition does."
    ),
    inside="basic_block",
)
