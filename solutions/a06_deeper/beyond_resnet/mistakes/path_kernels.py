"""Mistakes in `path_kernels`."""

from autograder.checks import change

change(
    "last_by_outputs",
    "return [(first[..., part], middle[..., part], last[:, :, part]) for part in parts]",
    "return [(first[..., part], middle[..., part], last[..., part]) for part in parts]",
    say=(
        "You cut the last kernel by its outputs. Every path makes all outputs, from its own d "
        "channels: cut it by the channels that it sees."
    ),
)

change(
    "last_whole",
    "return [(first[..., part], middle[..., part], last[:, :, part]) for part in parts]",
    "return [(first[..., part], middle[..., part], last) for part in parts]",
    say="Your paths have the whole last kernel. A path sees only d of its channels.",
)

change(
    "first_by_channels",
    "return [(first[..., part], middle[..., part], last[:, :, part]) for part in parts]",
    "return [(first[:, :, part], middle[..., part], last[:, :, part]) for part in parts]",
    say=(
        "You cut the first kernel by the channels that it sees. Every path sees all of x and makes "
        "d maps of its own: cut it by its filters."
    ),
)

change(
    "every_c_th",
    "parts = [slice(path * d, (path + 1) * d) for path in range(cardinality)]",
    "parts = [slice(path, None, cardinality) for path in range(cardinality)]",
    say=(
        "Your paths take every C-th channel. The groups of a convolution are neighbouring channels: "
        "the first d, the next d, and so on."
    ),
)

change(
    "middle_of_the_first_path",
    "return [(first[..., part], middle[..., part], last[:, :, part]) for part in parts]",
    "return [(first[..., part], middle[..., :d], last[:, :, part]) for part in parts]",
    say="All your paths have the 3 × 3 kernel of the first one. Each group has its own filters.",
)

change(
    "shared_among_paths",
    "return [(first[..., part], middle[..., part], last[:, :, part]) for part in parts]",
    "return [(first[..., p], middle[..., p], last[:, :, p] / cardinality) for p in parts]",
    say="You divide the last kernels by C. The paths are added up, not averaged.",
)

change(
    "listed_by_layer",
    "return [(first[..., part], middle[..., part], last[:, :, part]) for part in parts]",
    """
    return [
        [first[..., part] for part in parts],
        [middle[..., part] for part in parts],
        [last[:, :, part] for part in parts],
    ]
    """,
    say=(
        "You return three lists, one for each layer. Asked is one list of paths: for each path a "
        "triple of its three kernels."
    ),
)
