"""Mistakes in `grouped_cost`."""

from autograder.checks import change

change(
    "bias_as_mac",
    'return {"parameters": weights + filters, "macs": pixels * weights}',
    'return {"parameters": weights + filters, "macs": pixels * (weights + filters)}',
    say=(
        "You count adding a bias as a multiply-add. On the slides only the products with weights "
        "count."
    ),
)

change(
    "bias_divided",
    'return {"parameters": weights + filters, "macs": pixels * weights}',
    'return {"parameters": weights + filters // groups, "macs": pixels * weights}',
    say=(
        "You divide the biases by the number of groups, too. There are still `filters` output "
        "maps, and each has a bias."
    ),
)

change(
    "bias_forgotten",
    'return {"parameters": weights + filters, "macs": pixels * weights}',
    'return {"parameters": weights, "macs": pixels * weights}',
    say="You forgot the biases. Each of the filters has one.",
)

change(
    "groups_ignored",
    "weights = side * side * (channels // groups) * filters",
    "weights = side * side * channels * filters",
    say="You count an ordinary convolution. In a group each filter sees `channels // groups` maps.",
)

change(
    "groups_squared",
    "weights = side * side * (channels // groups) * filters",
    "weights = side * side * (channels // groups) * (filters // groups)",
    say=(
        "You divide both the maps and the filters by the number of groups: that is one group. "
        "There are `groups` of them, so one factor remains."
    ),
)

change(
    "two_for_a_multiply_add",
    'return {"parameters": weights + filters, "macs": pixels * weights}',
    'return {"parameters": weights + filters, "macs": 2 * pixels * weights}',
    say="You count a multiplication and an addition as two. On the slides a multiply-add is one.",
)


change(
    "bias_for_each_group",
    '{"parameters": weights + filters, "macs"',
    '{"parameters": weights + filters * groups, "macs"',
    say=(
        "You count a bias for every filter in every group. A filter belongs to one group and has "
        "one bias: as many as filters."
    ),
)
