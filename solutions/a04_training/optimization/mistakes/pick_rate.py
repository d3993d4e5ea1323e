"""Mistakes in `pick_rate`."""

from autograder.checks import change, instead


@instead(
    "after_divergence",
    say=(
        "You also look at losses after the training has diverged, and one of them is small by "
        "accident. The test ends at the first loss that is not below four times the first one."
    ),
)
def pick_rate(rates, losses):
    return rates[np.nanargmin(losses)] / 10


change(
    "edge",
    "return rates[np.argmin(losses[:end])] / 10",
    "return rates[end - 1] / 10",
    say=(
        "You take a tenth of the rate at which the training diverges. Start from the rate of the "
        "lowest loss before that."
    ),
)

change(
    "four_times_the_lowest",
    "diverged = ~(losses < 4 * losses[0])",
    "diverged = ~(losses < 4 * np.fmin.accumulate(losses))",
    say=(
        "You end the test at four times the lowest loss so far. The rule compares with the *first* "
        "loss."
    ),
)

change(
    "index",
    "return rates[np.argmin(losses[:end])] / 10",
    "return np.argmin(losses[:end])",
    say=(
        "You return the place of the rate in the list. Return the rate that stands there, divided "
        "by ten."
    ),
)

change(
    "lowest_loss",
    "return rates[np.argmin(losses[:end])] / 10",
    "return rates[np.argmin(losses[:end])]",
    say=(
        "You take the rate of the lowest loss, where the training is about to diverge. Take a "
        "tenth of it."
    ),
)


@instead(
    "nan_is_lowest",
    say=(
        "`np.argmin` takes NaN for the smallest number. Leave out everything from the first loss "
        "on that is not below four times the first one."
    ),
)
def pick_rate(rates, losses):
    return rates[np.argmin(losses)] / 10


change(
    "steepest",
    "return rates[np.argmin(losses[:end])] / 10",
    "return rates[np.argmin(np.diff(losses[:end]))]",
    say=(
        "You take the rate at which the loss falls most steeply. The rule here is a tenth of the "
        "rate with the lowest loss."
    ),
)

change(
    "loss_returned",
    "return rates[np.argmin(losses[:end])] / 10",
    "return np.min(losses[:end]) / 10",
    say="You return a tenth of the lowest *loss*. A tenth of its rate is asked for.",
)

change(
    "equal_goes_on",
    "diverged = ~(losses < 4 * losses[0])",
    "diverged = ~(losses <= 4 * losses[0])",
    say=(
        "You go on at exactly four times the first loss. The test ends at the first loss that "
        "is *not below* it."
    ),
)


change(
    "twice",
    "4 * losses[0]",
    "2 * losses[0]",
    say="You end the test at twice the first loss. It ends at four times.",
)


change(
    "four_itself",
    "4 * losses[0]",
    "4",
    say=(
        "You end the test at a loss of 4. It ends at four times the *first* loss, whatever that is: "
        "compare with 4 * losses[0]."
    ),
)
