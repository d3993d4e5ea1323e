"""Mistakes in `ten_crop`."""

from autograder.checks import change

change(
    "centre_rounded_up",
    """
    bottom, right = image.shape[0] - size, image.shape[1] - size
    corners = [(0, 0), (0, right), (bottom, 0), (bottom, right), (bottom // 2, right // 2)]
    """,
    """
    height, width = image.shape[:2]
    bottom, right = height - size, width - size
    corners = [(0, 0), (0, right), (bottom, 0), (bottom, right), (-(-bottom // 2), -(-right // 2))]
    """,
    say=(
        "You round the place of the centre up where it falls between two pixels. Round down: (H - "
        "size) // 2."
    ),
)

change(
    "centre_sides_swapped",
    """
    corners = [(0, 0), (0, right), (bottom, 0), (bottom, right), (bottom // 2, right // 2)]
    """,
    """
    top, left = min(right // 2, bottom), min(bottom // 2, right)
    corners = [(0, 0), (0, right), (bottom, 0), (bottom, right), (top, left)]
    """,
    say=(
        "Your centre crop has its top and its left swapped. The top comes from the height, the "
        "left from the width."
    ),
)

change(
    "corners_swapped",
    """
    bottom, right = image.shape[0] - size, image.shape[1] - size
    corners = [(0, 0), (0, right), (bottom, 0), (bottom, right), (bottom // 2, right // 2)]
    """,
    """
    height, width = image.shape[:2]
    bottom, right = height - size, width - size
    corners = [(0, 0), (bottom, 0), (0, right), (bottom, right), (bottom // 2, right // 2)]
    """,
    say=(
        "You swapped top right and bottom left. The order is top left, top right, bottom left, "
        "bottom right, centre."
    ),
)

change(
    "interleaved",
    "return np.concatenate([crops, crops[:, :, ::-1]])",
    "return np.stack([view for crop in crops for view in (crop, crop[:, ::-1])])",
    say=(
        "You put each mirror image next to its crop. The order is the five crops first, then the "
        "five mirror images."
    ),
)

change(
    "not_mirrored",
    "return np.concatenate([crops, crops[:, :, ::-1]])",
    "return np.concatenate([crops, crops])",
    say="Your last five crops are the first five again. Mirror them left to right.",
)

change(
    "one_pixel_short",
    """
    bottom, right = image.shape[0] - size, image.shape[1] - size
    """,
    """
    height, width = image.shape[:2]
    bottom, right = max(height - size - 1, 0), max(width - size - 1, 0)
    """,
    say=(
        "Your crops at the bottom and on the right end one pixel too early. The last place is H - "
        "size, since the crop ends before row H."
    ),
)

change(
    "upside_down",
    "return np.concatenate([crops, crops[:, :, ::-1]])",
    "return np.concatenate([crops, crops[:, ::-1]])",
    say=(
        "You turn the last five crops upside down. In (crops, height, width, channels) left and "
        "right are the third axis."
    ),
)

change(
    "five_only",
    "return np.concatenate([crops, crops[:, :, ::-1]])",
    "return crops",
    say="You return five crops. Their mirror images come after them: ten in all.",
)


change(
    "mirrored_first",
    "return np.concatenate([crops, crops[:, :, ::-1]])",
    "return np.concatenate([crops[:, :, ::-1], crops])",
    say="Your mirror images come first. The five crops come first, then their mirror images.",
)


change(
    "centre_first",
    "corners = [(0, 0), (0, right), (bottom, 0), (bottom, right), (bottom // 2, right // 2)]",
    "corners = [(bottom // 2, right // 2), (0, 0), (0, right), (bottom, 0), (bottom, right)]",
    say=(
        "Your centre crop comes first. The order is top left, top right, bottom left, bottom "
        "right, centre."
    ),
)


change(
    "channels_reversed",
    "crops[:, :, ::-1]",
    "crops[..., ::-1]",
    say=(
        "You reverse the channels, which makes red blue. Left and right are the third axis of "
        "(crops, height, width, channels)."
    ),
)
