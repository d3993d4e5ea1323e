"""Mistakes in `pca_colour`."""

from autograder.checks import change

change(
    "multiplied",
    "return np.clip(images + offsets[:, np.newaxis, np.newaxis, :], 0, 1)",
    "return np.clip(images * (1 + offsets[:, np.newaxis, np.newaxis, :]), 0, 1)",
    say=(
        "You multiply the pixels, so that each gets an offset of its own. The same offset is added "
        "to all pixels of an image."
    ),
)

change(
    "not_clipped",
    "return np.clip(images + offsets[:, np.newaxis, np.newaxis, :], 0, 1)",
    "return images + offsets[:, np.newaxis, np.newaxis, :]",
    say="Some of your values lie below 0 or above 1. Clip the result: np.clip(..., 0, 1).",
)

change(
    "one_number",
    "return np.clip(images + offsets[:, np.newaxis, np.newaxis, :], 0, 1)",
    "return np.clip(images + offsets.sum(axis=1).reshape(-1, 1, 1, 1), 0, 1)",
    say=(
        "You add up the three parts of the offset and move red, green and blue by the same number. "
        "The offset is a colour: it has three entries."
    ),
)

change(
    "rows_for_columns",
    "offsets = (alphas * variances) @ directions.T",
    "offsets = (alphas * variances) @ directions",
    say=(
        "You take the rows of `directions` for the directions. They are its columns: direction k "
        "is directions[:, k]."
    ),
)

change(
    "same_for_all",
    "offsets = (alphas * variances) @ directions.T",
    "offsets = np.tile((alphas[0] * variances) @ directions.T, (len(images), 1))",
    say="You give all images the same offset. Each image has a row of its own in `alphas`.",
)

change(
    "square_root",
    "offsets = (alphas * variances) @ directions.T",
    "offsets = (alphas * np.sqrt(variances)) @ directions.T",
    say=(
        "You take the square root of the variances. The formula multiplies by the variance itself, "
        "as Krizhevsky does."
    ),
)

change(
    "variances_left_out",
    "offsets = (alphas * variances) @ directions.T",
    "offsets = alphas @ directions.T",
    say=(
        "You leave the variances out, so that all directions count the same. Multiply each alpha "
        "by the variance of its direction."
    ),
)

change(
    "alphas_alone",
    "offsets = (alphas * variances) @ directions.T",
    "offsets = alphas * variances",
    say=(
        "You add the three numbers to red, green and blue. Each belongs to a direction in the "
        "space of colours: multiply by the directions."
    ),
)


change(
    "subtracted",
    "images + offsets",
    "images - offsets",
    say="You subtract the offset. It is added.",
)
