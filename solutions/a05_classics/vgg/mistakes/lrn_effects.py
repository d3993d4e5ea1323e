"""Mistakes in `lrn_effects`."""

from autograder.checks import change

change(
    "exponent_forgotten",
    '"at_one": 1 / (2 + 1e-4 * 5) ** 0.75,',
    '"at_one": 1 / (2 + 1e-4 * 5),',
    say="You divide by the sum as it is. It is raised to the power of 0.75 first.",
)

change(
    "the_divisor",
    '"at_one": 1 / (2 + 1e-4 * 5) ** 0.75,',
    '"at_one": (2 + 1e-4 * 5) ** 0.75,',
    say="That is what LRN divides by. The factor is its inverse, less than 1.",
)

change(
    "nothing_happens",
    '"at_one": 1 / (2 + 1e-4 * 5) ** 0.75,',
    '"at_one": 1.0,',
    say=(
        "You think that nothing happens. The neighbours add next to nothing, but k = 2 is "
        "there: 2 to the power of −0.75."
    ),
)

change(
    "k_forgotten",
    '"at_one": 1 / (2 + 1e-4 * 5) ** 0.75,',
    '"at_one": 1 / (1e-4 * 5) ** 0.75,',
    say="You forgot k. The divisor is (2 + 0.0001 · 5) to the power of 0.75.",
)

change(
    "not_the_root",
    '"felt": (2 / (5 * 1e-4)) ** 0.5,',
    '"felt": 2 / (5 * 1e-4),',
    say="That is a². Take the root.",
)

change(
    "one_neighbour",
    '"felt": (2 / (5 * 1e-4)) ** 0.5,',
    '"felt": (2 / 1e-4) ** 0.5,',
    say="You count one square, or divide α by n as Caffe and PyTorch do. The window holds five channels, and the formula above divides by nothing.",
)

change(
    "four_neighbours",
    '"felt": (2 / (5 * 1e-4)) ** 0.5,',
    '"felt": (2 / (4 * 1e-4)) ** 0.5,',
    say="You count four squares. The channel itself is in its window, too: five.",
)

change(
    "without_power",
    '"edge": ((2 + 1e-4 * 5 * 200**2) / (2 + 1e-4 * 3 * 200**2)) ** 0.75,',
    '"edge": (2 + 1e-4 * 5 * 200**2) / (2 + 1e-4 * 3 * 200**2),',
    say="You compare the sums. What divides is their power of 0.75.",
)

change(
    "turned_round",
    '"edge": ((2 + 1e-4 * 5 * 200**2) / (2 + 1e-4 * 3 * 200**2)) ** 0.75,',
    '"edge": ((2 + 1e-4 * 3 * 200**2) / (2 + 1e-4 * 5 * 200**2)) ** 0.75,',
    say=(
        "You have it upside down. The first channel is divided by *less*, so it comes out larger."
    ),
)

change(
    "two_in_the_window",
    '"edge": ((2 + 1e-4 * 5 * 200**2) / (2 + 1e-4 * 3 * 200**2)) ** 0.75,',
    '"edge": ((2 + 1e-4 * 5 * 200**2) / (2 + 1e-4 * 2 * 200**2)) ** 0.75,',
    say=(
        "You count two squares for the first channel. Its window holds itself and two "
        "neighbours: three."
    ),
)

change(
    "not_cut_off",
    '"edge": ((2 + 1e-4 * 5 * 200**2) / (2 + 1e-4 * 3 * 200**2)) ** 0.75,',
    '"edge": 1.0,',
    say=(
        "You treat all channels alike. At the ends the window is cut off: the first channel has "
        "neighbours on one side only."
    ),
)

change(
    "k_forgotten_at_the_edge",
    '"edge": ((2 + 1e-4 * 5 * 200**2) / (2 + 1e-4 * 3 * 200**2)) ** 0.75,',
    '"edge": (5 / 3) ** 0.75,',
    say="You forgot k: compare 2 + 0.0001 · 5 · 200² with 2 + 0.0001 · 3 · 200².",
)

change(
    "values",
    '"megabytes": 224 * 224 * 64 * 4 / 1e6,',
    '"megabytes": 224 * 224 * 64 / 1e6,',
    say="You count values. Each has 4 bytes.",
)

change(
    "input_image",
    '"megabytes": 224 * 224 * 64 * 4 / 1e6,',
    '"megabytes": 224 * 224 * 3 * 4 / 1e6,',
    say="You took the image. LRN stands after the first convolution, which has 64 channels.",
)
