"""Mistakes in `se_block`."""

from autograder.checks import change, instead


@instead(
    "after_the_addition",
    say=(
        "Your gates weight the sum. They stand on the branch, before the addition, so that the "
        "shortcut stays as it is."
    ),
    fails=("se_block", "se_resnet"),
)
def se_block(x, filters, strides=1, ratio=16, name="block"):
    y = bottleneck_branch(x, filters, strides, name=name)
    return squeeze_excite(join(x, y, strides, name), ratio, name=f"{name}_se")


@instead(
    "between_addition_and_relu",
    say=(
        "Your gates stand between the addition and the last ReLU. They weight the branch alone, "
        "before anything is added."
    ),
    fails=("se_block", "se_resnet"),
)
def se_block(x, filters, strides=1, ratio=16, name="block"):
    y = bottleneck_branch(x, filters, strides, name=name)
    if x.shape != y.shape:
        x = layers.BatchNormalization()(conv(x, 4 * filters, 1, strides))
    return layers.ReLU()(squeeze_excite(layers.Add()([x, y]), ratio))


change(
    "relu_before_the_gates",
    """
    y = bottleneck_branch(x, filters, strides, name=name)
    return join(x, squeeze_excite(y, ratio, name=f"{name}_se"), strides, name)
    """,
    """
    y = layers.ReLU()(bottleneck_branch(x, filters, strides, name=name))
    return join(x, squeeze_excite(y, ratio, name=f"{name}_se"), strides, name)
    """,
    say=(
        "There is a ReLU between the last batch normalization of your branch and the gates. The "
        "branch goes to the gates as it is; the ReLU comes after the addition."
    ),
    fails=("se_block", "se_resnet"),
)

change(
    "on_the_shortcut",
    'return join(x, squeeze_excite(y, ratio, name=f"{name}_se"), strides, name)',
    'return join(squeeze_excite(x, ratio, name=f"{name}_se"), y, strides, name)',
    say="Your gates weight the shortcut. They belong to the branch.",
    fails=("se_block", "se_resnet"),
)

change(
    "before_the_branch",
    """
    y = bottleneck_branch(x, filters, strides, name=name)
    return join(x, squeeze_excite(y, ratio, name=f"{name}_se"), strides, name)
    """,
    """
    y = bottleneck_branch(squeeze_excite(x, ratio), filters, strides, name=name)
    return join(x, y, strides, name)
    """,
    say=(
        "Your gates weight what goes into the branch. They weight what comes out of it, after its "
        "last batch normalization."
    ),
    fails=("se_block", "se_resnet"),
)

change(
    "ratio_not_passed_on",
    'return join(x, squeeze_excite(y, ratio, name=f"{name}_se"), strides, name)',
    'return join(x, squeeze_excite(y, name=f"{name}_se"), strides, name)',
    say="You do not pass `ratio` on to `squeeze_excite`, so it is always 16.",
    fails=("se_block", "se_resnet"),
)

change(
    "stride_forgotten",
    """
    y = bottleneck_branch(x, filters, strides, name=name)
    return join(x, squeeze_excite(y, ratio, name=f"{name}_se"), strides, name)
    """,
    """
    y = bottleneck_branch(x, filters, name=name)
    return join(x, squeeze_excite(y, ratio, name=f"{name}_se"), name=name)
    """,
    say="You do not pass `strides` on, so that your block never halves the maps.",
    fails=("se_block", "se_resnet"),
)
