"""Mistakes in `vgg_layers`."""

from autograder.checks import change, instead

change(
    "vgg_dense_fixed",
    'return [*layers, dense("FC6", hidden), dense("FC7", hidden), dense("FC8", classes)]',
    'return [*layers, dense("FC6", 4096), dense("FC7", 4096), dense("FC8", 1000)]',
    say=(
        "You wrote 4096 and 1000 into the dense layers. Use the arguments `hidden` and `classes`; "
        "those numbers are only their defaults."
    ),
)

change(
    "vgg_last_pool_missing",
    """
    layers.append(pool(f"pool{stage}", 2, 2))
    """,
    """
    if stage < len(stages):
        layers.append(pool(f"pool{stage}", 2, 2))
    """,
    say=(
        "Your last stage has no pooling. All stages end with one, the last stage too, so that FC6 "
        "sees 7 × 7 positions of a 224 × 224 image."
    ),
)

change(
    "vgg_no_padding",
    "layers.append(conv(name, abs(count), kernel, padding=(kernel - 1) // 2))",
    "layers.append(conv(name, abs(count), kernel, padding=0))",
    say=(
        "Your 3 × 3 convolutions have no padding, so each of them loses two pixels. VGG pads by 1 "
        "and keeps the size."
    ),
)

change(
    "vgg_only_three",
    "kernel = 3 if count > 0 else 1",
    "kernel = 3",
    say=(
        "You make 3 × 3 convolutions of the negative numbers as well. A negative number stands for "
        "a 1 × 1 convolution."
    ),
)

change(
    "vgg_overlapping_pools",
    'layers.append(pool(f"pool{stage}", 2, 2))',
    'layers.append(pool(f"pool{stage}", 3, 2))',
    say=(
        "Your poolings are 3 × 3 with stride 2, as in AlexNet. VGG pools 2 × 2 with stride 2, "
        "without overlap."
    ),
)

change(
    "vgg_padding_everywhere",
    "layers.append(conv(name, abs(count), kernel, padding=(kernel - 1) // 2))",
    "layers.append(conv(name, abs(count), kernel, padding=1))",
    say=(
        "You pad the 1 × 1 convolutions by 1 too, so that their maps grow. They need no padding to "
        "keep the size; only the 3 × 3 ones have padding 1."
    ),
)


change(
    "vgg_flatten",
    'return [*layers, dense("FC6", hidden), dense("FC7", hidden), dense("FC8", classes)]',
    """
    layers.append(flatten("flatten"))
    return [*layers, dense("FC6", hidden), dense("FC7", hidden), dense("FC8", classes)]
    """,
    say=(
        "You flatten before FC6. A dense layer here sees all values of its input, whatever its "
        "shape, so leave `flatten` out."
    ),
)


@instead(
    "vgg_pool_after_every_convolution",
    say=(
        "You pool after every convolution. VGG pools once at the end of each stage: the pooling "
        "belongs outside the inner loop."
    ),
)
def vgg(stages, hidden=4096, classes=1000):
    layers = []
    for stage, filters in enumerate(stages, start=1):
        for number, count in enumerate(filters, start=1):
            kernel = 3 if count > 0 else 1
            name = f"conv{stage}_{number}"
            layers.append(conv(name, abs(count), kernel, padding=(kernel - 1) // 2))
            layers.append(pool(f"pool{stage}", 2, 2))
    return [*layers, dense("FC6", hidden), dense("FC7", hidden), dense("FC8", classes)]
