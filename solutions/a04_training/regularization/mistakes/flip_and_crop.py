"""Mistakes in `flip_and_crop`."""

from autograder.checks import change

change(
    "channels_reversed",
    "crops[index] = crop[:, ::-1] if for_flip < 0.5 else crop",
    "crops[index] = crop[..., ::-1] if uniform[index][2] < 0.5 else crop",
    say=(
        "You reverse the channels, which makes red blue and moves nothing. The last axis is the "
        "colours; the columns come before it."
    ),
)

change(
    "image_mirrored_first",
    """
    top = int(for_top * (height - size + 1))
    left = int(for_left * (width - size + 1))
    crop = images[index, top : top + size, left : left + size]
    crops[index] = crop[:, ::-1] if for_flip < 0.5 else crop
    """,
    """
    image = images[index, :, ::-1] if uniform[index, 2] < 0.5 else images[index]
    top = int(uniform[index, 0] * (height - size + 1))
    left = int(uniform[index, 1] * (width - size + 1))
    crops[index] = image[top : top + size, left : left + size]
    """,
    say=(
        "You mirror the image before you crop it, so the crop comes from the other side of the "
        "picture. Crop first, then mirror the crop."
    ),
)

change(
    "last_place",
    """
    top = int(for_top * (height - size + 1))
    left = int(for_left * (width - size + 1))
    """,
    """
    top = int(uniform[index][0] * (height - size))
    left = int(uniform[index][1] * (width - size))
    """,
    say=(
        "Your crops never reach the last row and the last column. There are H - size + 1 places "
        "for the top, from 0 to H - size."
    ),
)

change(
    "one_place",
    """
    top = int(for_top * (height - size + 1))
    left = int(for_left * (width - size + 1))
    """,
    """
    top = int(uniform[0][0] * (height - size + 1))
    left = int(uniform[0][1] * (width - size + 1))
    """,
    "crops[index] = crop[:, ::-1] if for_flip < 0.5 else crop",
    "crops[index] = crop[:, ::-1] if uniform[0][2] < 0.5 else crop",
    say=(
        "You crop and flip all images of the batch alike. Each image has its own row of random "
        "numbers."
    ),
)

change(
    "rounded",
    """
    top = int(for_top * (height - size + 1))
    left = int(for_left * (width - size + 1))
    """,
    """
    top = round(uniform[index][0] * (height - size))
    left = round(uniform[index][1] * (width - size))
    """,
    say=(
        "You round to the nearest place. Then the first and the last one come half as often as the "
        "others; round u * (H - size + 1) down instead."
    ),
)

change(
    "top_and_left_swapped",
    """
    top = int(for_top * (height - size + 1))
    left = int(for_left * (width - size + 1))
    """,
    """
    top = int(uniform[index][1] * (height - size + 1))
    left = int(uniform[index][0] * (width - size + 1))
    """,
    say=(
        "You took the first number for the left and the second for the top. The order is top, "
        "left, flip."
    ),
)

change(
    "turned",
    "crops[index] = crop[:, ::-1] if for_flip < 0.5 else crop",
    "crops[index] = crop[::-1, ::-1] if uniform[index][2] < 0.5 else crop",
    say=(
        "You reverse rows and columns, which turns the picture by 180 degrees. A mirror image "
        "reverses the columns only."
    ),
)

change(
    "upside_down",
    "crops[index] = crop[:, ::-1] if for_flip < 0.5 else crop",
    "crops[index] = crop[::-1] if uniform[index][2] < 0.5 else crop",
    say=(
        "You turn the crop upside down. Left and right are the second axis of a crop (height, "
        "width, channels): crop[:, ::-1]."
    ),
)

change(
    "flip_at_a_half",
    "if for_flip < 0.5 else crop",
    "if for_flip <= 0.5 else crop",
    say="You also mirror at exactly 1/2. The condition is u < 1/2.",
)


change(
    "flip_turned",
    "crop[:, ::-1] if for_flip < 0.5 else crop",
    "crop[:, ::-1] if for_flip >= 0.5 else crop",
    say="You mirror where the number is 1/2 or more. The condition is u < 1/2.",
)


change(
    "always_mirrored",
    "crop[:, ::-1] if for_flip < 0.5 else crop",
    "crop[:, ::-1]",
    say="You mirror every crop. Only those whose third number is below 1/2.",
)


change(
    "never_mirrored",
    "crop[:, ::-1] if for_flip < 0.5 else crop",
    "crop",
    say="You never mirror. Where the third number is below 1/2, left and right are exchanged.",
)


change(
    "square_image",
    "left = int(for_left * (width - size + 1))",
    "left = int(for_left * (height - size + 1))",
    say="You use the height for the left as well. The range of the left comes from the width.",
)
