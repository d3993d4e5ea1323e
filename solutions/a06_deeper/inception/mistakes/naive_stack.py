"""Mistakes in `naive_stack`."""

from autograder.checks import change

change(
    "same_input_every_time",
    "channels += ones + threes + fives",
    "depth = channels + ones + threes + fives",
    "rows.append((channels, macs))",
    "rows.append((depth, macs))",
    say=(
        "All your modules see the same number of maps. The input of the second is the output of "
        "the first, with all its maps."
    ),
)

change(
    "pool_forgotten",
    "channels += ones + threes + fives",
    "channels = ones + threes + fives",
    say=(
        "Your modules have as many output maps as filters. The pooling hands on all input maps, "
        "and they are concatenated too."
    ),
)

change(
    "sides_not_squared",
    "macs = height * width * channels * (ones + 9 * threes + 25 * fives)",
    "macs = height * width * channels * (ones + 3 * threes + 5 * fives)",
    say=(
        "You multiply by the side of the filter once. A filter of 5 × 5 has 25 weights for each "
        "input map."
    ),
)

change(
    "sees_the_output",
    """
    macs = height * width * channels * (ones + 9 * threes + 25 * fives)
    channels += ones + threes + fives
    """,
    """
    channels += ones + threes + fives
    macs = height * width * channels * (ones + 9 * threes + 25 * fives)
    """,
    say="You count with the maps *after* the module. Its filters see its input.",
)

change(
    "depth_before",
    "rows.append((channels, macs))",
    "rows.append((channels - ones - threes - fives, macs))",
    say="Your depth is that of the input. Asked is the number of output maps.",
)

change(
    "added_up",
    "rows.append((channels, macs))",
    "rows.append((channels, macs + (rows[-1][1] if rows else 0)))",
    say="Your multiply-adds are those of the stack so far. Asked are each module's own.",
)

change(
    "pool_counted",
    "macs = height * width * channels * (ones + 9 * threes + 25 * fives)",
    "macs = height * width * channels * (ones + 9 * threes + 25 * fives + 9)",
    say="You count multiply-adds for the pooling. As on the slide, it counts nothing.",
)

change(
    "pixels_forgotten",
    "macs = height * width * channels * (ones + 9 * threes + 25 * fives)",
    "macs = channels * (ones + 9 * threes + 25 * fives)",
    say="You count weights. Each is used at every pixel: multiply by height · width.",
)

change(
    "turned",
    "rows.append((channels, macs))",
    "rows.append((macs, channels))",
    say="Your pairs are the wrong way round: first the depth, then the multiply-adds.",
)

change(
    "last_alone",
    "return rows",
    "return rows[-1]",
    say="You return the last module alone. The list has an entry for each module.",
)

change(
    "one_too_few",
    "for _ in range(modules):",
    "for _ in range(1, modules):",
    say="Your list is one module short: range(1, modules) has modules − 1 numbers.",
)

change(
    "macs_twice",
    "macs = height * width * channels * (ones + 9 * threes + 25 * fives)",
    "macs = 2 * height * width * channels * (ones + 9 * threes + 25 * fives)",
    say="You count a multiply-add as two operations. Here it is one.",
)

change(
    "filters_swapped",
    "ones, threes, fives = filters",
    "ones, fives, threes = filters",
    say=("You swapped the filters of 3 × 3 and 5 × 5. They come in the order 1 × 1, 3 × 3, 5 × 5."),
)
