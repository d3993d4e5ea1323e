"""Mistakes in `dropout_forward`."""

from autograder.checks import change

change(
    "at_test_time",
    """
    if not training:
        return x, np.ones_like(x)
    mask = (uniform >= rate) / (1 - rate)
    """,
    """
    mask = (uniform >= rate) / (1 - rate)
    """,
    say=(
        "You drop values at test time too, so the answer of the network would be random. Return x "
        "and a mask of ones when `training` is False."
    ),
)

change(
    "divided_by_rate",
    "mask = (uniform >= rate) / (1 - rate)",
    "mask = (uniform >= rate) / rate",
    say=(
        "You divide by the rate. What is kept is a share of 1 - rate of all values, so divide by 1 "
        "- rate to make up for the rest."
    ),
)

change(
    "in_place",
    """
    return x * mask, mask
    """,
    """
    x[uniform < rate] = 0
    return x / (1 - rate), mask
    """,
    say=(
        "You set values of x itself to zero. The layer before still needs them in the backward "
        "pass: multiply by a mask instead."
    ),
    hint=None,
)

change(
    "kept_and_dropped_swapped",
    "mask = (uniform >= rate) / (1 - rate)",
    "mask = (uniform < rate) / rate",
    say=(
        "You keep what should be dropped. `rate` is the probability of dropping: values with "
        "uniform < rate become 0."
    ),
)

change(
    "mask_without_scale",
    """
    mask = (uniform >= rate) / (1 - rate)
    return x * mask, mask
    """,
    """
    mask = (uniform >= rate).astype(float)
    return x * mask / (1 - rate), mask
    """,
    say=(
        "Your y is right, but the mask that you return holds ones instead of 1 / (1 - rate). The "
        "backward pass multiplies by this mask and would be too small."
    ),
)

change(
    "not_scaled",
    "mask = (uniform >= rate) / (1 - rate)",
    "mask = (uniform >= rate).astype(float)",
    say=(
        "You drop values but do not scale those that stay, so the mean of y is smaller than x. "
        "Divide what is kept by 1 - rate."
    ),
)

change(
    "scaled_at_test_time",
    "return x, np.ones_like(x)",
    "return x * (1 - rate), np.full_like(x, 1 - rate)",
    say=(
        "You scale at test time as well. Inverted dropout has already divided in training; at test "
        "time y is x."
    ),
)

change(
    "whole_columns",
    "mask = (uniform >= rate) / (1 - rate)",
    "mask = np.broadcast_to((uniform[0] >= rate) / (1 - rate), x.shape)",
    say=(
        "You use the random numbers of the first example for the whole batch. Every value has a "
        "number of its own."
    ),
)

change(
    "dropped_at_the_rate",
    "mask = (uniform >= rate) / (1 - rate)",
    "mask = (uniform > rate) / (1 - rate)",
    say=(
        "You also drop a value whose number is exactly the rate. It is dropped where the "
        "number is *smaller* than the rate."
    ),
)


change(
    "scaled_by_keeping",
    "mask = (uniform >= rate) / (1 - rate)",
    "mask = (uniform >= rate) * (1 - rate)",
    say="You multiply by 1 - rate in training. Inverted dropout divides by it.",
)


change(
    "only_y",
    "return x * mask, mask",
    "return x * mask",
    say=(
        "You return y alone in training. The mask is asked for as well: the backward pass needs it."
    ),
)


change(
    "mask_of_zeros_at_test_time",
    "return x, np.ones_like(x)",
    "return x, np.zeros_like(x)",
    say=("Your mask at test time is 0. Nothing is dropped, so it is 1 everywhere: y = x * mask."),
)


change(
    "no_mask_at_test_time",
    "return x, np.ones_like(x)",
    "return x, None",
    say="You return no mask at test time. It is 1 everywhere: y = x * mask.",
)


change(
    "the_others_dropped",
    "mask = (uniform >= rate) / (1 - rate)",
    "mask = (uniform < rate) / (1 - rate)",
    say=(
        "You keep what is to be dropped. A value is dropped where `uniform < rate`, a share of "
        "`rate` of them, and kept elsewhere."
    ),
)
