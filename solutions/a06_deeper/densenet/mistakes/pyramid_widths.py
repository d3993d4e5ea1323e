"""Mistakes in `pyramid_widths`."""

from autograder.checks import change, instead

change(
    "widths_rounded_down",
    "[round(start + alpha * i / blocks) for i in range(1, blocks + 1)]",
    "[int(start + alpha * i / blocks) for i in range(1, blocks + 1)]",
    say="You round down, as the paper writes it. Here a width is rounded to the nearest integer.",
    fails=("pyramid_widths", "pyramidnet"),
)


@instead(
    "widths_rounded_on_the_way",
    say=(
        "You go on from the rounded width, so the roundings add up. Round a width where it is used; "
        "the next one grows from the exact value."
    ),
    fails=("pyramid_widths", "pyramidnet"),
)
def pyramid_widths(blocks, alpha, start=16, multiplicative=False):
    widths, width = [], start
    for _ in range(blocks):
        width = round(width * alpha ** (1 / blocks) if multiplicative else width + alpha / blocks)
        widths.append(width)
    return widths


change(
    "widths_from_the_stem_on",
    "[round(start + alpha * i / blocks) for i in range(1, blocks + 1)]",
    "[round(start + alpha * i / blocks) for i in range(blocks)]",
    say="Your first block is as wide as the stem. It has grown by one step already, and the last by all.",
    fails=("pyramid_widths", "pyramidnet"),
)

change(
    "widths_with_the_stem",
    "[round(start + alpha * i / blocks) for i in range(1, blocks + 1)]",
    "[round(start + alpha * i / blocks) for i in range(blocks + 1)]",
    say="Your list begins with the stem. It has the widths of the blocks 1 to N alone.",
    fails=("pyramid_widths", "pyramidnet"),
)

change(
    "widths_end_at_alpha",
    "[round(start + alpha * i / blocks) for i in range(1, blocks + 1)]",
    "[round(start + (alpha - start) * i / blocks) for i in range(1, blocks + 1)]",
    say="Your last block has α filters. α is what is added: it has `start` + α.",
    fails=("pyramid_widths", "pyramidnet"),
)

change(
    "widths_factor_in_each_block",
    "round(start * alpha ** (i / blocks))",
    "round(start * alpha**i)",
    say="Your widths are multiplied by α in every block. α is the factor of all N blocks together.",
)

change(
    "widths_always_added",
    "    if multiplicative:",
    "    if False:",
    say="Your widths grow by addition, whatever `multiplicative` says.",
)

change(
    "widths_start_ignored",
    "round(start * alpha ** (i / blocks))",
    "round(16 * alpha ** (i / blocks))",
    "[round(start + alpha * i / blocks)",
    "[round(16 + alpha * i / blocks)",
    say="You always start from 16 filters. The stem has `start` of them.",
    fails=("pyramid_widths", "pyramidnet"),
)

change(
    "widths_not_rounded",
    "[round(start + alpha * i / blocks) for i in range(1, blocks + 1)]",
    "[start + alpha * i / blocks for i in range(1, blocks + 1)]",
    say="Your widths are not whole. There is no half filter: round them.",
    fails=("pyramid_widths", "pyramidnet"),
)
