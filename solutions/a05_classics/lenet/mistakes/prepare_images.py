"""Mistakes in `prepare_images`."""

from autograder.checks import change

change(
    "border_not_background",
    """
    framed = np.pad(images, ((0, 0), (margin, margin), (margin, margin), (0, 0)))
    return -0.1 + 1.275 * framed
    """,
    """
    return np.pad(-0.1 + 1.275 * images, ((0, 0), (margin, margin), (margin, margin), (0, 0)))
    """,
    say=(
        "Your border is 0, and the background of the digit is -0.1: the frame becomes visible. Add "
        "the border before you change the brightness, or fill it with -0.1."
    ),
)

change(
    "margin_fixed",
    """
    framed = np.pad(images, ((0, 0), (margin, margin), (margin, margin), (0, 0)))
    return -0.1 + 1.275 * framed
    """,
    """
    return -0.1 + 1.275 * np.pad(images, ((0, 0), (2, 2), (2, 2), (0, 0)))
    """,
    say="Your border is always 2 pixels wide. Use `margin`.",
)

change(
    "no_border",
    """
    framed = np.pad(images, ((0, 0), (margin, margin), (margin, margin), (0, 0)))
    return -0.1 + 1.275 * framed
    """,
    """
    return -0.1 + 1.275 * images
    """,
    say=(
        "The border is missing: the digits must stand in a frame that is `margin` pixels wider on "
        "every side."
    ),
)

change(
    "one_side",
    """
    framed = np.pad(images, ((0, 0), (margin, margin), (margin, margin), (0, 0)))
    return -0.1 + 1.275 * framed
    """,
    """
    return -0.1 + 1.275 * np.pad(images, ((0, 0), (0, 2 * margin), (0, 2 * margin), (0, 0)))
    """,
    say=(
        "Your border is only below and on the right. `margin` pixels belong on every side, so that "
        "the digit stays in the middle."
    ),
)

change(
    "span_forgotten",
    """
    framed = np.pad(images, ((0, 0), (margin, margin), (margin, margin), (0, 0)))
    return -0.1 + 1.275 * framed
    """,
    """
    return -0.1 + 1.175 * np.pad(images, ((0, 0), (margin, margin), (margin, margin), (0, 0)))
    """,
    say="Your ink is 1.075. From -0.1 to 1.175 the values span 1.275, so that is the factor.",
)

change(
    "standardized",
    "return -0.1 + 1.275 * framed",
    "return (framed - framed.mean()) / framed.std()",
    say=(
        "You made mean 0 and variance 1 of the images themselves. The paper uses fixed numbers for "
        "all: background -0.1, ink 1.175."
    ),
)
