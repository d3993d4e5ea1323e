"""Mistakes in `bottleneck_block`."""

from autograder.checks import change, instead

change(
    "bottleneck_all_three_by_three",
    'y = conv(y, 4 * filters, 1, name=f"{name}_3")',
    'y = conv(y, 4 * filters, 3, name=f"{name}_3")',
    say=(
        "Your last convolution is 3 × 3. In a bottleneck only the middle one is; those around it "
        "are 1 × 1."
    ),
    fails=("bottleneck_block", "resnet"),
)


@instead(
    "bottleneck_norm_after_relu",
    say=(
        "Your ReLU comes before the batch normalization. The order is convolution, batch "
        "normalization, ReLU, both times."
    ),
    fails=("bottleneck_block", "resnet"),
)
def bottleneck_block(x, filters, strides=1, stride_in="1x1", name="block"):
    first, second = (strides, 1) if stride_in == "1x1" else (1, strides)
    y = conv(x, filters, 1, first, name=f"{name}_1")
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    y = conv(y, filters, 3, second, name=f"{name}_2")
    y = layers.ReLU(name=f"{name}_2_relu")(y)
    y = layers.BatchNormalization(name=f"{name}_2_bn")(y)
    y = conv(y, 4 * filters, 1, name=f"{name}_3")
    y = layers.BatchNormalization(name=f"{name}_3_bn")(y)
    if x.shape != y.shape:
        x = conv(x, 4 * filters, 1, strides, name=f"{name}_shortcut")
        x = layers.BatchNormalization(name=f"{name}_shortcut_bn")(x)
    y = layers.Add(name=f"{name}_add")([y, x])
    return layers.ReLU(name=f"{name}_relu")(y)


change(
    "bottleneck_not_expanded",
    'y = conv(y, 4 * filters, 1, name=f"{name}_3")',
    'y = conv(y, filters, 1, name=f"{name}_3")',
    'x = conv(x, 4 * filters, 1, strides, name=f"{name}_shortcut")',
    'x = conv(x, filters, 1, strides, name=f"{name}_shortcut")',
    say=(
        "Your last 1 × 1 convolution has as many filters as the others. It goes back up to four "
        "times as many."
    ),
    fails=("bottleneck_block", "resnet"),
)

change(
    "bottleneck_projection_only_with_stride",
    "if x.shape != y.shape:",
    "if strides != 1:",
    say=(
        "You project only where the stride is not 1. In the very first block the stride is 1 but "
        "the channels are four times as many: compare the shapes."
    ),
    fails=("bottleneck_block", "resnet"),
)

change(
    "bottleneck_relu_before_addition",
    """
    y = layers.BatchNormalization(name=f"{name}_3_bn")(y)
    """,
    """
    y = layers.BatchNormalization(name=f"{name}_3_bn")(y)
    y = layers.ReLU(name=f"{name}_3_relu")(y)
    """,
    """
    y = layers.Add(name=f"{name}_add")([y, x])
    return layers.ReLU(name=f"{name}_relu")(y)
    """,
    """
    return layers.Add(name=f"{name}_add")([y, x])
    """,
    say="Your third ReLU stands before the addition. The sum comes first, then the ReLU.",
    fails=("bottleneck_block", "resnet"),
)

change(
    "bottleneck_stride_ignored",
    'first, second = (strides, 1) if stride_in == "1x1" else (1, strides)',
    "first, second = (1, strides)",
    say=(
        "Your stride is always in the 3 × 3, which is v1.5. With `stride_in='1x1'` it belongs to "
        "the first 1 × 1 convolution, as in the paper."
    ),
    fails=("bottleneck_block", "resnet"),
)

change(
    "bottleneck_stride_swapped",
    'first, second = (strides, 1) if stride_in == "1x1" else (1, strides)',
    'first, second = (strides, 1) if stride_in == "3x3" else (1, strides)',
    say=(
        "Your stride is in the 3 × 3 for `stride_in='1x1'` and the other way round. The paper's "
        "version has it in the first 1 × 1, v1.5 in the 3 × 3."
    ),
    fails=("bottleneck_block", "resnet"),
)
