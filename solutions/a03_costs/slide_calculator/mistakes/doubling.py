"""Mistakes in `doubling`."""

from autograder.checks import change

change(
    "batch_parameters",
    '"batch": {"parameters": 1, "macs": 2, "memory": 2},',
    '"batch": {"parameters": 2, "macs": 2, "memory": 2},',
    say=(
        "You gave each image of the batch weights of its own. All images use the same network: the "
        "parameters stay."
    ),
)

change(
    "channels_memory",
    '"channels": {"parameters": 4, "macs": 4, "memory": 2},',
    '"channels": {"parameters": 4, "macs": 4, "memory": 4},',
    say=(
        "You let the memory grow by 4 with the channels. Memory counts what the layer puts out, "
        "and that has twice as many channels."
    ),
)

change(
    "channels_twice",
    '"channels": {"parameters": 4, "macs": 4, "memory": 2},',
    '"channels": {"parameters": 2, "macs": 2, "memory": 2},',
    say=(
        "You counted the doubled filters, but not that each of them now sees twice as many "
        "channels. Parameters and MACs grow by 2 * 2."
    ),
)

change(
    "sides_parameters",
    '"sides": {"parameters": 1, "macs": 4, "memory": 4},',
    '"sides": {"parameters": 4, "macs": 4, "memory": 4},',
    say=(
        "You let the parameters grow with the image. The same small filters slide over a larger "
        "image: their number and size stay as they are."
    ),
)

change(
    "sides_twice",
    '"sides": {"parameters": 1, "macs": 4, "memory": 4},',
    '"sides": {"parameters": 1, "macs": 2, "memory": 2},',
    say=(
        "You let work and memory grow with one side. Height and width both double, so there are "
        "four times as many positions."
    ),
)
