"""Mistakes in `channels_read`."""

from autograder.checks import change, instead

change(
    "channels_after_each_layer",
    "channels + growth * number for number in range(layers_count)",
    "channels + growth * (number + 1) for number in range(layers_count)",
    say="You give the channels after each layer. Asked is how many it reads, before its own are there.",
)

change(
    "channels_without_compression",
    "int(compression * (channels + growth * layers_count))",
    "channels + growth * layers_count",
    say="Your transitions hand all maps on. They leave `compression` times as many.",
)

change(
    "channels_rounded_up",
    "int(compression * (channels + growth * layers_count))",
    "-int(-compression * (channels + growth * layers_count) // 1)",
    say="You round the compressed number up. A transition rounds it down.",
)

change(
    "channels_compress_only_the_new",
    "int(compression * (channels + growth * layers_count))",
    "channels + int(compression * growth * layers_count)",
    say="You compress only the new maps. A transition reads all of them, the block's input as well.",
)

change(
    "channels_start_anew",
    "channels = int(compression * (channels + growth * layers_count))",
    "channels = width",
    say=(
        "Each of your blocks starts with the stem's `width`. A later block starts with what the "
        "transition before it makes."
    ),
)

change(
    "channels_lose_the_last_layer",
    "int(compression * (channels + growth * layers_count))",
    "int(compression * (channels + growth * (layers_count - 1)))",
    say="Your transitions do not see the maps of a block's last layer. They read all of them.",
)


@instead(
    "channels_of_one_layer",
    say=(
        "Your layers read the growth of the layer before, not of all before. The number rises by k "
        "with every layer."
    ),
)
def channels_read(blocks, growth, width=16, compression=1.0):
    found, channels = [], width
    for layers_count in blocks:
        found.append([channels] + [growth] * (layers_count - 1))
        channels = int(compression * (channels + growth * layers_count))
    return found
