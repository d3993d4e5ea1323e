"""Mistakes in `fifty_times`."""

from autograder.checks import change

change(
    "fifty_as_printed",
    '"parameters": (alexnet_convolutions + alexnet_dense) / SQUEEZENET["parameters"],',
    '"parameters": 50,',
    say="50 is what the title says. Count both networks, and divide; three digits are asked for.",
)

change(
    "fifty_mixed",
    '"convolutions": alexnet_convolutions / SQUEEZENET["parameters"],',
    '"convolutions": (alexnet_convolutions + alexnet_dense) / alexnet_convolutions,',
    say=(
        "You compare AlexNet's convolutions with all of AlexNet. Compare them with SqueezeNet, whose "
        "parameters are all in convolutions."
    ),
)

change(
    "fifty_upside_down",
    '"macs": alexnet_macs / SQUEEZENET["macs"],',
    '"macs": SQUEEZENET["macs"] / alexnet_macs,',
    say=(
        "You divide SqueezeNet's multiply-adds by AlexNet's. All three ratios have AlexNet's number on "
        "top, even if it is the smaller one."
    ),
)

change(
    "fifty_without_groups",
    '"macs": alexnet_macs / SQUEEZENET["macs"],',
    '"macs": 1_135_256_096 / SQUEEZENET["macs"],',
    say=(
        "You count AlexNet without its two GPUs. The table has how many maps a filter sees: 48 and 192 in "
        "three of the layers."
    ),
)

change(
    "fifty_weights_alone",
    '"convolutions": alexnet_convolutions / SQUEEZENET["parameters"],',
    '"convolutions": sum(k * k * c * f for k, c, f, _ in ALEXNET_CONVOLUTIONS[1:]) '
    '/ SQUEEZENET["parameters"],',
    say="One of AlexNet's five convolutions is missing in your sum.",
    hint=None,
)

change(
    "fifty_binary_megabytes",
    '"megabytes": 4 * SQUEEZENET["parameters"] / 1e6,',
    '"megabytes": 4 * SQUEEZENET["parameters"] / 2**20,',
    say=(
        "You divide by 1,048,576, as the paper does with its 4.8 MB. Asked for are millions of bytes."
    ),
)

change(
    "fifty_bits",
    '"megabytes": 4 * SQUEEZENET["parameters"] / 1e6,',
    '"megabytes": 32 * SQUEEZENET["parameters"] / 1e6,',
    say="You count bits. A byte has eight of them.",
)
