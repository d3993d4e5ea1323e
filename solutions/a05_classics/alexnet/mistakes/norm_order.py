"""Mistakes in `norm_order`."""

from autograder.checks import change

change(
    "orders_swapped",
    '"paper": 55 * 55 * 96 + 27 * 27 * 256,',
    '"paper": 27 * 27 * 96 + 13 * 13 * 256,',
    '"slides": 27 * 27 * 96 + 13 * 13 * 256,',
    '"slides": 55 * 55 * 96 + 27 * 27 * 256,',
    say="You swapped the two. The paper normalizes first, when the maps are still large.",
)

change(
    "first_place_alone",
    '"paper": 55 * 55 * 96 + 27 * 27 * 256,',
    '"paper": 55 * 55 * 96,',
    say="You count the first place alone. There are two: after `conv1` and after `conv2`.",
)

change(
    "first_place_alone_on_the_slides",
    '"slides": 27 * 27 * 96 + 13 * 13 * 256,',
    '"slides": 27 * 27 * 96,',
    say="You count the first place alone. There are two: after `pool1` and after `pool2`.",
)

change(
    "pixels",
    '"paper": 55 * 55 * 96 + 27 * 27 * 256,',
    '"paper": 55 * 55 + 27 * 27,',
    say="You count pixels. Every pixel has a value in each map: times 96, times 256.",
)

change(
    "pixels_on_the_slides",
    '"slides": 27 * 27 * 96 + 13 * 13 * 256,',
    '"slides": 27 * 27 + 13 * 13,',
    say="You count pixels. Every pixel has a value in each map: times 96, times 256.",
)

change(
    "input_of_conv2",
    '"paper": 55 * 55 * 96 + 27 * 27 * 256,',
    '"paper": 55 * 55 * 96 + 27 * 27 * 96,',
    say="You count 96 maps in the second place. After `conv2` there are 256.",
)

change(
    "maps_of_the_wrong_layer",
    '"slides": 27 * 27 * 96 + 13 * 13 * 256,',
    '"slides": 27 * 27 * 96 + 13 * 13 * 96,',
    say="You count 96 maps in the second place. After `pool2` there are 256.",
)

change(
    "the_same",
    '"same": False,',
    '"same": True,',
    say=(
        "They are not the same. After pooling, values of different pixels stand side by side "
        "and quieten each other, which they did not before."
    ),
)
