"""Mistakes in `colour_jitter`."""

from autograder.checks import change

change(
    "around_a_half",
    "means = images.mean(axis=(1, 2, 3), keepdims=True)",
    "means = 0.5",
    say=(
        "You pull the values towards 1/2. The centre is the mean of the image, so that contrast "
        "alone leaves it as bright as it was."
    ),
)

change(
    "around_zero",
    "means = images.mean(axis=(1, 2, 3), keepdims=True)",
    "means = 0",
    say=(
        "You multiply the values themselves, so contrast changes the brightness too. Multiply the "
        "distance from the mean of the image, and add the mean again."
    ),
)

change(
    "brightness_multiplied",
    "return np.clip(means + contrast * (images - means) + brightness, 0, 1)",
    "return np.clip(means + contrast * (images - means + brightness), 0, 1)",
    say=(
        "You add the brightness before the contrast, which multiplies it too. It comes last: mean "
        "+ contrast * (x - mean) + brightness."
    ),
)

change(
    "clipped_too_early",
    "return np.clip(means + contrast * (images - means) + brightness, 0, 1)",
    "return np.clip(means + contrast * (images - means), 0, 1) + brightness",
    say="You clip before you add the brightness. Clip once, at the very end.",
)

change(
    "in_place",
    """
    means = images.mean(axis=(1, 2, 3), keepdims=True)
    contrast, brightness = np.reshape([contrast, brightness], (2, -1, 1, 1, 1))
    return np.clip(means + contrast * (images - means) + brightness, 0, 1)
    """,
    """
    for index in range(len(images)):
        mean = images[index].mean()
        images[index] = mean + contrast[index] * (images[index] - mean) + brightness[index]
    return np.clip(images, 0, 1)
    """,
    say=(
        "You change the images themselves. The next epoch starts from the same images again: work "
        "on a new array."
    ),
    hint=None,
)

change(
    "mean_of_each_channel",
    "means = images.mean(axis=(1, 2, 3), keepdims=True)",
    "means = images.mean(axis=(1, 2), keepdims=True)",
    say=(
        "You take a mean for each channel, which washes out the colours. The mean is over all "
        "pixels and all channels of an image."
    ),
)

change(
    "mean_of_the_batch",
    "means = images.mean(axis=(1, 2, 3), keepdims=True)",
    "means = images.mean()",
    say=(
        "You take the mean of the whole batch. Each image has a mean of its own: average over its "
        "axes 1, 2 and 3."
    ),
)

change(
    "not_clipped",
    "return np.clip(means + contrast * (images - means) + brightness, 0, 1)",
    "return means + contrast * (images - means) + brightness",
    say="Some of your values lie below 0 or above 1. Clip the result: np.clip(..., 0, 1).",
)

change(
    "brightness_subtracted",
    "+ brightness, 0, 1)",
    "- brightness, 0, 1)",
    say="You subtract the brightness. It is added.",
)


change(
    "first_for_all",
    "(images - means) + brightness",
    "(images - means) + brightness[:1]",
    "means + contrast *",
    "means + contrast[:1] *",
    say=(
        "You use the first image's numbers for all. Each image has its own contrast and brightness."
    ),
)


change(
    "mean_not_added",
    "means + contrast * (images - means)",
    "contrast * (images - means)",
    say="You do not add the mean again: mean + contrast * (x - mean) + brightness.",
)
