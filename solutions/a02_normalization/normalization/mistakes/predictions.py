"""Mistakes in `predictions`."""

from autograder.checks import change

change(
    "already_there",
    '"moving_mean": 1 - 0.99**100,',
    '"moving_mean": 1.0,',
    say=(
        "You let the moving mean arrive. It keeps 0.99 of the distance in every step, and after "
        "100 steps 0.99 ** 100, more than a third, is still missing."
    ),
)

change(
    "mean_for_each_pixel",
    '"means": 64,',
    '"means": 14 * 10 * 64,',
    say=(
        "You count a mean for each pixel of each channel. The pixels of a channel share one mean, "
        "so there are as many means as channels."
    ),
)

change(
    "missing_share",
    '"moving_mean": 1 - 0.99**100,',
    '"moving_mean": 0.99**100,',
    say=(
        "You give the share that is still missing. The moving mean started at 0 and has gone all "
        "the way to 1 except for that: 1 - 0.99 ** 100."
    ),
)

change(
    "only_the_batch",
    '"values_in_a_mean": 32 * 14 * 10,',
    '"values_in_a_mean": 32,',
    say=(
        "You average over the batch alone. Every pixel of every image counts: 32 images times 14 × "
        "10 pixels."
    ),
)

change(
    "statistics_trained",
    '"trainable": 2 * 64,',
    '"trainable": 4 * 64,',
    say=(
        "You count the moving statistics as trainable. They are weights of the layer, but the "
        "optimizer does not touch them: only gamma and beta are trained."
    ),
)

change(
    "over_the_last_axis",
    '"means": 64,',
    '"means": 32 * 14 * 10,',
    '"values_in_a_mean": 32 * 14 * 10,',
    '"values_in_a_mean": 64,',
    say=(
        "You average over the channels of each pixel. A mean belongs to a channel, and is "
        "taken over all images and pixels."
    ),
)


change(
    "one_pixel_less",
    '"values_in_a_mean": 32 * 14 * 10,',
    '"values_in_a_mean": 14 * 10,',
    say=(
        "You average over the pixels of one image. All images of the batch count: 32 × 14 × "
        "10 values."
    ),
)


change(
    "only_gamma",
    '"trainable": 2 * 64,',
    '"trainable": 64,',
    say="You count one parameter for each channel. There are two: gamma and beta.",
)


change(
    "means_of_the_batch",
    '"means": 64,',
    '"means": 1,',
    say="You take one mean for the whole batch. Each of the 64 channels has its own.",
)


change(
    "linear",
    '"moving_mean": 1 - 0.99**100,',
    '"moving_mean": 0.01,',
    say="You give the moving mean after one step. After 100 it is 1 - 0.99 ** 100.",
)
