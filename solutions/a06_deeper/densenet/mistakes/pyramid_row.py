"""Mistakes in `pyramid_row`."""

from autograder.checks import change

change(
    "row_as_printed",
    '"fully_connected": 1,',
    '"fully_connected": 0,',
    say="0 is what is printed. Count the layers with weights that are not among the 109.",
)

change(
    "row_alpha_alone",
    "[16 + 48, 16 + 84, 16 + 270, 4 * (16 + 270)]",
    "[48, 84, 270, 4 * 270]",
    say="You forgot the filters of the stem. α is what is added to them.",
)

change(
    "row_bottleneck_not_wider",
    "4 * (16 + 270)",
    "16 + 270",
    say="You took the width of the last bottleneck. Its output has four times as many maps.",
)

change(
    "row_kernels_as_printed",
    '"kernels": [3],',
    '"kernels": [1, 3],',
    say="1 × 1 and 3 × 3 is what is printed. This row's blocks are basic, with zeros in the shortcut.",
)

change(
    "row_resnet_widths",
    "[16 + 48, 16 + 84, 16 + 270, 4 * (16 + 270)]",
    "[64, 64, 64, 256]",
    say="You gave the last widths of a ResNet. In a pyramid it is the stem's and α.",
)
