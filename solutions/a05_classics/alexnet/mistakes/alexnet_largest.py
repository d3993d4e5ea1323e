"""Mistakes in `alexnet_largest`."""

from autograder.checks import change

change(
    "macs_conv1",
    'largest = {"memory": "conv1", "parameters": "fc6", "macs": "conv2"}',
    'largest = {"memory": "conv1", "parameters": "fc6", "macs": "conv1"}',
    say=(
        "You took `conv1` for the layer with the most multiply-adds. It has the most outputs, but "
        "each of them costs only 3 · 11 · 11 = 363; one of `conv2` costs 64 · 5 · 5 = 1600."
    ),
)

change(
    "macs_fc6",
    'largest = {"memory": "conv1", "parameters": "fc6", "macs": "conv2"}',
    'largest = {"memory": "conv1", "parameters": "fc6", "macs": "fc6"}',
    say=(
        "You took `fc6` for the layer with the most multiply-adds. Each of its weights is used "
        "once for an image, while those of a convolution are used at every pixel."
    ),
)

change(
    "memory_fc6",
    'largest = {"memory": "conv1", "parameters": "fc6", "macs": "conv2"}',
    'largest = {"memory": "fc6", "parameters": "fc6", "macs": "conv2"}',
    say=(
        "You took `fc6` for the layer with the most memory. Its 37 million weights are parameters; "
        "its output is 4096 numbers, and that of `conv1` is 56 × 56 × 64."
    ),
)

change(
    "parameters_conv4",
    'largest = {"memory": "conv1", "parameters": "fc6", "macs": "conv2"}',
    'largest = {"memory": "conv1", "parameters": "conv4", "macs": "conv2"}',
    say=(
        "You took a convolution for the layer with the most parameters. A filter is shared by all "
        "pixels, so `conv4` has 0.9 million; `fc6` connects 9216 inputs with 4096 units, each pair "
        "by a weight of its own."
    ),
)
