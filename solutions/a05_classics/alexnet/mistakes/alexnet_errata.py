"""Mistakes in `alexnet_errata`."""

from autograder.checks import change

change(
    "caption",
    """
    "fc6_parameters": 9216 * 4096 + 4096,
    "first_neurons": 55 * 55 * 96,
    "zfnet_maps": 9216 // 36,
    """,
    """
    "fc6_parameters": 37752832,
    "first_neurons": 253440,
    "zfnet_maps": 256,
    """,
    say=(
        "You copied the caption's number. Multiply the size of `conv1`'s output: 55 × 55 pixels in "
        "96 maps."
    ),
)

change(
    "one_gpu",
    """
    "fc6_parameters": 9216 * 4096 + 4096,
    "first_neurons": 55 * 55 * 96,
    "zfnet_maps": 9216 // 36,
    "removed_parameters": 1_696_512,
    """,
    """
    "fc6_parameters": 37752832,
    "first_neurons": 290400,
    "zfnet_maps": 256,
    "removed_parameters": 2507520,
    """,
    say=(
        "You removed the layers from the network on one GPU. Grouped convolutions have fewer "
        "weights to lose: count with `groups=2`."
    ),
)

change(
    "one_gpu_neurons",
    """
    "fc6_parameters": 9216 * 4096 + 4096,
    "first_neurons": 55 * 55 * 96,
    "zfnet_maps": 9216 // 36,
    """,
    """
    "fc6_parameters": 37752832,
    "first_neurons": 145200,
    "zfnet_maps": 256,
    """,
    say="You counted the 48 maps of one GPU. The caption counts the neurons of both.",
)

change(
    "own_rows",
    """
    "fc6_parameters": 9216 * 4096 + 4096,
    "first_neurons": 55 * 55 * 96,
    "zfnet_maps": 9216 // 36,
    "removed_parameters": 1_696_512,
    """,
    """
    "fc6_parameters": 37752832,
    "first_neurons": 290400,
    "zfnet_maps": 256,
    "removed_parameters": 1549056,
    """,
    say=(
        "You added up the parameters of `conv3` and `conv4`. `conv5` shrinks as well, because it "
        "reads 256 maps then instead of 384."
    ),
)

change(
    "pad",
    """
    "fc6_parameters": 9216 * 4096 + 4096,
    "first_neurons": 55 * 55 * 96,
    "zfnet_maps": 9216 // 36,
    """,
    """
    "fc6_parameters": 37752832,
    "first_neurons": 301056,
    "zfnet_maps": 256,
    """,
    say=(
        "You took 56 × 56 pixels for the first layer with 96 filters. That is the size with pad 2, "
        "in the network with 64 filters; with pad 0 it is 55."
    ),
)

change(
    "wide",
    """
    "fc6_parameters": 9216 * 4096 + 4096,
    "first_neurons": 55 * 55 * 96,
    "zfnet_maps": 9216 // 36,
    """,
    """
    "fc6_parameters": 37752832,
    "first_neurons": 290400,
    "zfnet_maps": 512,
    """,
    say=(
        "You took the 512 maps of the wider ZFNet. With them the product would be 18,432; the "
        "slide's 9216 needs 256."
    ),
)

change(
    "without_biases",
    """
    "fc6_parameters": 9216 * 4096 + 4096,
    "first_neurons": 55 * 55 * 96,
    "zfnet_maps": 9216 // 36,
    """,
    """
    "fc6_parameters": 37748736,
    "first_neurons": 290400,
    "zfnet_maps": 256,
    """,
    say="You left the biases of `fc6` out. The slide's own formula adds 4096 of them.",
)
