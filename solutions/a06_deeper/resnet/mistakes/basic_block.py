"""Mistakes in `basic_block`."""

from autograder.checks import change

change(
    "basic_always_residual",
    "if shortcut is not None:",
    "if True:",
    say=(
        "With `shortcut=None` your block still adds something. A plain block has no shortcut and "
        "no addition: only the two convolutions with their BN and ReLU."
    ),
    fails=("basic_block", "cifar_resnet"),
)

change(
    "basic_no_relu_at_the_end",
    'return layers.ReLU(name=f"{name}_relu")(y)',
    "return y",
    say="Your block ends with the addition. One more ReLU follows the sum.",
    fails=("basic_block", "starts_as_identity", "resnet", "cifar_resnet"),
)

change(
    "basic_norm_after_relu",
    """
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    """,
    """
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    """,
    say=(
        "Your first ReLU comes before the batch normalization. The order is convolution, batch "
        "normalization, ReLU."
    ),
    fails=("basic_block", "resnet", "cifar_resnet"),
)

change(
    "basic_projection_only_with_stride",
    "elif x.shape != y.shape:",
    "elif strides != 1:",
    say=(
        "You project only where the stride is not 1. The shapes may also differ in their channels "
        "alone: compare `x.shape` with the shape of the branch."
    ),
)

change(
    "basic_projection_without_norm",
    """
    x = conv(x, filters, 1, strides, name=f"{name}_shortcut")
    x = layers.BatchNormalization(name=f"{name}_shortcut_bn")(x)
    """,
    """
    x = conv(x, filters, 1, strides, name=f"{name}_shortcut")
    """,
    say=(
        "Your projection ends with its convolution. Batch normalization follows every convolution "
        "of this network, that of the shortcut too."
    ),
    fails=("basic_block", "starts_as_identity", "resnet", "cifar_resnet"),
)

change(
    "basic_projects_always",
    'if x.shape != y.shape and shortcut == "padding":',
    'if shortcut == "padding":',
    "elif x.shape != y.shape:",
    "else:",
    say=(
        "You put a projection on every shortcut. Where the shapes agree, x itself is added: that "
        "identity is the point of the whole network."
    ),
    fails=("basic_block", "starts_as_identity", "resnet", "cifar_resnet"),
)

change(
    "basic_relu_before_addition",
    """
    y = layers.BatchNormalization(gamma_initializer=gamma, name=f"{name}_2_bn")(y)
    """,
    """
    y = layers.BatchNormalization(gamma_initializer=gamma, name=f"{name}_2_bn")(y)
    y = layers.ReLU(name=f"{name}_2_relu")(y)
    """,
    'return layers.ReLU(name=f"{name}_relu")(y)',
    "return y",
    say=(
        "Your second ReLU stands before the addition. Add the shortcut first, and put the ReLU "
        "after the sum."
    ),
    fails=("basic_block", "starts_as_identity", "resnet", "cifar_resnet"),
)

change(
    "basic_same_padding",
    'y = conv(x, filters, 3, strides, name=f"{name}_1")',
    'y = layers.Conv2D(filters, 3, strides, padding="same", use_bias=False)(x)',
    say=(
        "You convolve with `padding='same'`. With stride 2 Keras then pads nothing on the left and "
        "top and one pixel on the right and bottom; use the given `conv`, which pads one pixel on "
        "every side."
    ),
    fails=("basic_block", "resnet", "cifar_resnet"),
)

change(
    "basic_shortcut_from_the_middle",
    """
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    """,
    """
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    middle = y
    """,
    """
    if shortcut is not None:
    """,
    """
    if shortcut is not None:
        x, strides = (middle, 1)
    """,
    say=(
        "Your shortcut starts after the first ReLU, so it skips one layer only. It must start "
        "from x, the input of the block."
    ),
    fails=("basic_block", "starts_as_identity", "resnet", "cifar_resnet"),
)

change(
    "basic_stride_in_second",
    'y = conv(x, filters, 3, strides, name=f"{name}_1")',
    'y = conv(x, filters, 3, name=f"{name}_1")',
    'y = conv(y, filters, 3, name=f"{name}_2")',
    'y = conv(y, filters, 3, strides, name=f"{name}_2")',
    say=(
        "Your stride is in the second convolution. It belongs to the first one, so that both work "
        "on the small maps afterwards."
    ),
    fails=("basic_block", "resnet", "cifar_resnet"),
)

change(
    "basic_with_bias",
    'y = conv(x, filters, 3, strides, name=f"{name}_1")',
    "y = layers.Conv2D(filters, 3, strides)(layers.ZeroPadding2D(1)(x))",
    'y = conv(y, filters, 3, name=f"{name}_2")',
    'y = layers.Conv2D(filters, 3, padding="same")(y)',
    say=(
        "Your convolutions have biases, which the batch normalization right after them subtracts "
        "again. Set `use_bias=False`, or use the given `conv`."
    ),
    fails=("basic_block", "resnet", "cifar_resnet"),
)

change(
    "basic_without_projection",
    'if x.shape != y.shape and shortcut == "padding":',
    "if x.shape != y.shape:",
    say=(
        "You pad with zeros where a projection is asked for. With `shortcut='projection'` a 1 × 1 "
        "convolution with the stride of the block and a batch normalization make the shapes agree."
    ),
    fails=("basic_block", "starts_as_identity", "resnet", "cifar_resnet"),
)

change(
    "basic_relu_twice",
    'y = layers.Add(name=f"{name}_add")([y, x])',
    'y = layers.Add(name=f"{name}_add")([layers.ReLU()(y), x])',
    say=(
        "You have a ReLU at the end of the branch, too. The second ReLU comes after the "
        "addition, and only there: what is added may be negative."
    ),
    fails=("basic_block", "resnet", "cifar_resnet"),
)


change(
    "basic_second_linear",
    'return layers.ReLU(name=f"{name}_relu")(y)',
    'return y if shortcut is None else layers.ReLU(name=f"{name}_relu")(y)',
    say=(
        "Your plain block ends without a ReLU. It differs from a residual one only by the "
        "missing addition."
    ),
    fails=("basic_block", "cifar_resnet"),
)


change(
    "basic_concatenated",
    'y = layers.Add(name=f"{name}_add")([y, x])',
    'y = layers.Concatenate(name=f"{name}_add")([y, x])',
    say="You concatenate the shortcut. It is added: F(x) + x.",
    fails=("basic_block", "starts_as_identity", "resnet", "cifar_resnet"),
)


change(
    "basic_first_relu_missing",
    """
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    """,
    """
    pass
    """,
    say=(
        "There is no ReLU between your two convolutions. It follows the first batch normalization."
    ),
    fails=("basic_block", "resnet", "cifar_resnet"),
)
