"""Mistakes in `scale_and_crop`."""

from autograder.checks import change

change(
    "before_resizing",
    """
    top = int(uniform[1] * (new_height - size + 1))
    left = int(uniform[2] * (new_width - size + 1))
    """,
    """
    top = int(uniform[1] * (height - size + 1))
    left = int(uniform[2] * (width - size + 1))
    """,
    say=(
        "You look for the place in the image as it was. The patch is taken after resizing, so its "
        "range comes from the new height and width."
    ),
)

change(
    "largest_scale",
    "short = low + int(uniform[0] * (high - low + 1))",
    "short = low + int(uniform[0] * (high - low))",
    say=(
        "Your L never becomes 480. From 256 to 480, both included, there are 480 - 256 + 1 whole "
        "numbers."
    ),
)

change(
    "last_place",
    """
    top = int(uniform[1] * (new_height - size + 1))
    left = int(uniform[2] * (new_width - size + 1))
    """,
    """
    top = int(uniform[1] * (new_height - size))
    left = int(uniform[2] * (new_width - size))
    """,
    say=(
        "Your patch never reaches the last row and the last column. There are new_height - size + "
        "1 places for its top."
    ),
)

change(
    "long_side",
    "scale = short / min(height, width)",
    "scale = short / max(height, width)",
    say=(
        "You scale the long side to L. It is the short side that becomes L, so that a patch of 224 "
        "always fits."
    ),
)

change(
    "one_number",
    "left = int(uniform[2] * (new_width - size + 1))",
    "left = int(uniform[1] * (new_width - size + 1))",
    say=(
        "You use one random number for both the top and the left, so all patches lie on a "
        "diagonal. The third number is for the left."
    ),
)

change(
    "rounded_down",
    "new_height, new_width = round(height * scale), round(width * scale)",
    "new_height, new_width = int(height * scale), int(width * scale)",
    say="You round the long side down. Take the nearest whole number: `round`, not `int`.",
)

change(
    "square",
    """
    scale = short / min(height, width)
    new_height, new_width = round(height * scale), round(width * scale)
    """,
    """
    new_height, new_width = short, short
    """,
    say=(
        "You make both sides L, which squeezes the picture. Only the short side becomes L, and the "
        "other keeps the proportions."
    ),
)

change(
    "top_and_left_swapped",
    """
    top = int(uniform[1] * (new_height - size + 1))
    left = int(uniform[2] * (new_width - size + 1))
    """,
    """
    top = int(uniform[2] * (new_height - size + 1))
    left = int(uniform[1] * (new_width - size + 1))
    """,
    say=(
        "You took the second number for the left and the third for the top. The order is scale, "
        "top, left."
    ),
)

change(
    "defaults_fixed",
    "short = low + int(uniform[0] * (high - low + 1))",
    "short = 256 + int(uniform[0] * 225)",
    say="You always scale to 256 to 480. Use the arguments `low` and `high`.",
)


change(
    "rounded_scale",
    "short = low + int(uniform[0] * (high - low + 1))",
    "short = low + round(uniform[0] * (high - low))",
    say=(
        "You round to the nearest L. Then the smallest and the largest come half as often as "
        "the others: round u * (number of lengths) down."
    ),
)


change(
    "width_first",
    "return new_height, new_width, top, left",
    "return new_width, new_height, top, left",
    say="You return the width first. The order is new_height, new_width, top, left.",
)


change(
    "size_fixed",
    "(new_height - size + 1)",
    "(new_height - 224 + 1)",
    "(new_width - size + 1)",
    "(new_width - 224 + 1)",
    say="Your patch always has 224 pixels. Use the argument `size`.",
)
