"""Mistakes in `dice`."""

from autograder.checks import change, instead

change(
    "alpha_on_the_wrong_side",
    "return p * s + (1 - p) * alpha * s",
    "return p * alpha * s + (1 - p) * s",
    say=(
        "alpha stands on the wrong side. Where p is near 1, to the right, s passes unchanged; "
        "alpha multiplies the part with 1 - p."
    ),
)

change(
    "always_the_batch",
    """
    if mean is None:
        mean, variance = s.mean(axis=others), s.var(axis=others)
    """,
    """
    mean, variance = s.mean(axis=others), s.var(axis=others)
    """,
    say=(
        "You always use the mean and the variance of the batch. In inference those kept from "
        "training are given: use them."
    ),
)

change(
    "backward_alpha_averaged",
    "return ds, (dout * (1 - p) * s).sum(axis=others)",
    "return ds, (dout * (1 - p) * s).mean(axis=others)",
    say=(
        "You average the gradient of alpha. One alpha serves every value of its channel, so their "
        "gradients are added up."
    ),
)

change(
    "backward_forgets_the_batch",
    """
    dnormalised = dout * (1 - alpha) * s * p * (1 - p)
    if training:
        shared = (dnormalised * normalised).mean(axis=others)
        dnormalised = dnormalised - dnormalised.mean(axis=others) - normalised * shared
    """,
    """
    dnormalised = dout * (1 - alpha) * s * p * (1 - p)
    """,
    say=(
        "In training you treat the mean and the variance as constants. They depend on every value "
        "of the batch, which gives the two additional terms."
    ),
)


@instead(
    "backward_switch_frozen",
    say=(
        "You treat the switch p as a constant. It depends on s as well: the term with g is missing."
    ),
)
def dice_backward(dout, s, alpha, mean=None, variance=None, epsilon=1e-8):
    others = tuple(range(s.ndim - 1))
    if mean is None:
        mean, variance = s.mean(axis=others), s.var(axis=others)
    p = sigmoid((s - mean) / np.sqrt(variance + epsilon))
    return dout * (p + (1 - p) * alpha), (dout * (1 - p) * s).sum(axis=others)


change(
    "divided_by_the_variance",
    "p = sigmoid((s - mean) / np.sqrt(variance + epsilon))",
    "p = sigmoid((s - mean) / (variance + epsilon))",
    say="You divide by the variance. The root is missing: divide by sqrt(variance + epsilon).",
)

change(
    "epsilon_outside_the_root",
    "p = sigmoid((s - mean) / np.sqrt(variance + epsilon))",
    "p = sigmoid((s - mean) / (np.sqrt(variance) + epsilon))",
    say="You add epsilon outside the root. The slide adds it to the variance, below the root.",
)

change(
    "one_mean_for_all_channels",
    """
    others = tuple(range(s.ndim - 1))
    if mean is None:
        mean, variance = s.mean(axis=others), s.var(axis=others)
    """,
    """
    if mean is None:
        mean, variance = s.mean(), s.var()
    """,
    say=(
        "You take one mean and one variance for everything. Every channel has its own: average "
        "over all axes but the last."
    ),
)

change(
    "statistics_of_the_first_axis",
    """
    others = tuple(range(s.ndim - 1))
    if mean is None:
        mean, variance = s.mean(axis=others), s.var(axis=others)
    """,
    """
    if mean is None:
        mean, variance = s.mean(axis=0), s.var(axis=0)
    """,
    say=(
        "You average over the first axis only. In images the mean and the variance of a channel "
        "run over height and width too."
    ),
)

change(
    "unbiased_variance",
    "mean, variance = s.mean(axis=others), s.var(axis=others)",
    "mean, variance = s.mean(axis=others), s.var(axis=others, ddof=1)",
    say=(
        "You divide by one less than the number of values in the variance. As in batch "
        "normalisation the batch variance divides by the number of values."
    ),
    inside="dice",
)

change(
    "alpha_not_times_s",
    "return p * s + (1 - p) * alpha * s",
    "return p * s + (1 - p) * alpha",
    say="The second branch lacks its s: (1 - p) * alpha * s.",
    inside="dice",
)


change(
    "hard_switch",
    "p = sigmoid((s - mean) / np.sqrt(variance + epsilon))",
    "p = s > mean",
    say="Your switch is hard. p is the sigmoid of the normalised value.",
    inside="dice",
)


change(
    "not_centred",
    "p = sigmoid((s - mean) / np.sqrt(variance + epsilon))",
    "p = sigmoid(s / np.sqrt(variance + epsilon))",
    say="You do not subtract the mean before the sigmoid.",
    inside="dice",
)


change(
    "switch_of_s",
    "p = sigmoid((s - mean) / np.sqrt(variance + epsilon))",
    "p = sigmoid(s)",
    say=(
        "You take the sigmoid of s itself. It is that of the normalised value, (s - mean) / "
        "sqrt(variance + epsilon)."
    ),
    inside="dice",
)


change(
    "backward_always_the_batch",
    "training = mean is None",
    "training = True",
    say=(
        "Your backward pass always uses the statistics of the batch. In inference those that "
        "were kept are given, and they are constants: use `mean` and `variance`."
    ),
    inside="dice_backward",
)


change(
    "backward_alpha_not_summed",
    "return ds, (dout * (1 - p) * s).sum(axis=others)",
    "return ds, dout * (1 - p) * s",
    say=(
        "Your gradient of alpha has a value for each s. One alpha serves a whole channel: sum "
        "over all axes but the last."
    ),
    inside="dice_backward",
)


change(
    "backward_alpha_with_p",
    "return ds, (dout * (1 - p) * s).sum(axis=others)",
    "return ds, (dout * p * s).sum(axis=others)",
    say="Your gradient of alpha has p where 1 - p belongs: alpha stands in the second branch.",
    inside="dice_backward",
)


change(
    "backward_not_divided",
    "+ dnormalised / root",
    "+ dnormalised",
    say=(
        "You forgot to divide by the deviation: the slope of the normalised value is 1 / "
        "sqrt(variance + epsilon)."
    ),
    inside="dice_backward",
)


change(
    "backward_alpha_without_s",
    "return ds, (dout * (1 - p) * s).sum(axis=others)",
    "return ds, (dout * (1 - p)).sum(axis=others)",
    say="Your gradient of alpha lacks s: alpha is multiplied by (1 - p) * s.",
    inside="dice_backward",
)


change(
    "backward_variance_fixed",
    "dnormalised - dnormalised.mean(axis=others) - normalised * shared",
    "dnormalised - dnormalised.mean(axis=others)",
    say=(
        "In training you treat the variance as a constant. It depends on every value of the batch, "
        "too, which gives the term with the mean of g times the normalized s."
    ),
)
