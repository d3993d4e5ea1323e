"""Mistakes in `full_kernel`."""

from autograder.checks import change, instead

change(
    "off_diagonal",
    "full[:, :, group * seen : (group + 1) * seen, own] = kernel[..., own]",
    "full[:, :, (groups - 1 - group) * seen : (groups - group) * seen, own] = kernel[..., own]",
    say="Your first group sees the last channels. Group i sees the i-th part of the channels.",
)

change(
    "the_same_kernel_for_all",
    "full[:, :, group * seen : (group + 1) * seen, own] = kernel[..., own]",
    "full[:, :, group * seen : (group + 1) * seen, own] = kernel[..., :made]",
    say=(
        "All your groups have the filters of the first one. Each group has filters of its own, "
        "side by side on the last axis of the grouped kernel."
    ),
)

change(
    "repeated",
    "full[:, :, group * seen : (group + 1) * seen, own] = kernel[..., own]",
    "full[:, :, group * seen : (group + 1) * seen] = kernel",
    say=(
        "You repeat the kernel for all channels. Then every filter sees all groups. Outside of its "
        "own group its weights are zero."
    ),
)

change(
    "channels_interleaved",
    "full[:, :, group * seen : (group + 1) * seen, own] = kernel[..., own]",
    "full[:, :, group::groups, own] = kernel[..., own]",
    say=(
        "Your groups see every g-th channel. A group of Keras sees neighbouring channels: the "
        "first C/g of them, the next C/g, and so on."
    ),
)


change(
    "filters_interleaved",
    "own = slice(group * made, (group + 1) * made)",
    "own = slice(group, None, groups)",
    say=(
        "Every g-th filter of yours belongs to a group. The filters of a group are neighbours: the "
        "first F/g of them, the next F/g, and so on."
    ),
)


@instead(
    "divided",
    say=(
        "You divide the weights by the number of groups. Zeros add nothing, so the weights stay as "
        "they are."
    ),
)
def full_kernel(kernel, groups):
    height, width, seen, filters = kernel.shape
    made = filters // groups
    full = np.zeros((height, width, seen * groups, filters), kernel.dtype)
    for group in range(groups):
        own = slice(group * made, (group + 1) * made)
        full[:, :, group * seen : (group + 1) * seen, own] = kernel[..., own] / groups
    return full
