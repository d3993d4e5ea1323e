"""Mistakes in `bilinear_sample`."""

from autograder.checks import change, instead

change(
    "border_repeated",
    """
    weight = (1 - np.abs(rows - i)) * (1 - np.abs(columns - j))
    weight = weight * ((i >= 0) & (i < height) & (j >= 0) & (j < width))
    """,
    """
    weight = (1 - np.abs(rows - i)) * (1 - np.abs(columns - j))
    """,
    say=(
        "You repeat the pixels of the rim beyond the image. Neighbours outside of the image count "
        "as 0."
    ),
)

change(
    "last_row_lost",
    "weight = weight * ((i >= 0) & (i < height) & (j >= 0) & (j < width))",
    "weight = weight * ((i >= 0) & (i < height - 1) & (j >= 0) & (j < width - 1))",
    say=(
        "You leave out the last row and the last column. Pixel i is inside for i < height, not "
        "only for i < height - 1."
    ),
)


@instead(
    "nearest",
    say=(
        "You take the colour of the nearest pixel. Mix the four neighbours, each with the weight "
        "(1 - |r - i|) * (1 - |c - j|)."
    ),
)
def bilinear_sample(image, rows, columns):
    height, width, _ = image.shape
    i, j = np.rint(rows).astype(int), np.rint(columns).astype(int)
    inside = (i >= 0) & (i < height) & (j >= 0) & (j < width)
    pixels = image[np.clip(i, 0, height - 1), np.clip(j, 0, width - 1)]
    return pixels * inside[..., np.newaxis]


change(
    "outside_dropped",
    """
    weight = weight * ((i >= 0) & (i < height) & (j >= 0) & (j < width))
    """,
    """
    weight = weight * (
        (rows >= 0) & (rows <= height - 1) & (columns >= 0) & (columns <= width - 1)
    )
    """,
    say=(
        "You make every place outside of the pixel centres black. Up to one pixel beyond the rim, "
        "the neighbours that are inside still count with their weight."
    ),
)


@instead(
    "rows_and_columns_swapped",
    say=(
        "You swapped rows and columns. The first index of an image is the row, which counts "
        "downwards."
    ),
)
def bilinear_sample(image, rows, columns):
    rows, columns = columns, rows
    height, width, channels = image.shape
    above, before = np.floor(rows).astype(int), np.floor(columns).astype(int)
    colours = np.zeros((*rows.shape, channels))
    for i in (above, above + 1):
        for j in (before, before + 1):
            weight = (1 - np.abs(rows - i)) * (1 - np.abs(columns - j))
            weight = weight * ((i >= 0) & (i < height) & (j >= 0) & (j < width))
            pixels = image[np.clip(i, 0, height - 1), np.clip(j, 0, width - 1)]
            colours += weight[..., np.newaxis] * pixels
    return colours


change(
    "towards_zero",
    "above, before = np.floor(rows).astype(int), np.floor(columns).astype(int)",
    "above, before = rows.astype(int), columns.astype(int)",
    say=(
        "You cut off the decimals with `int`, which rounds negative numbers up: -0.4 becomes 0. "
        "Use `np.floor`, so that the neighbours of -0.4 are -1 and 0."
    ),
)

change(
    "weights_swapped",
    "weight = (1 - np.abs(rows - i)) * (1 - np.abs(columns - j))",
    "weight = np.abs(rows - i) * np.abs(columns - j)",
    say=(
        "You give the far pixel the large weight and the near one the small. The weight is 1 minus "
        "the distance."
    ),
)

change(
    "one_neighbour_short",
    "for j in (before, before + 1):",
    "for j in (before,):",
    say="You mix two pixels only. Each place lies between four: two rows and two columns.",
)


change(
    "whole_numbers",
    "colours = np.zeros((*rows.shape, channels))",
    "colours = np.zeros((*rows.shape, channels), dtype=int)",
    "colours += weight[..., np.newaxis] * pixels",
    "colours += (weight[..., np.newaxis] * pixels).astype(int)",
    say=(
        "You collect the colours in an array of whole numbers, which cuts off everything "
        "after the point. Make it with `np.zeros(shape)`."
    ),
)


change(
    "overwritten",
    "colours += weight[..., np.newaxis] * pixels",
    "colours = weight[..., np.newaxis] * pixels",
    say="Only the last of the four neighbours is left. Add them up with +=.",
)
