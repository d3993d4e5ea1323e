"""Mistakes in `expected_activation`."""

from autograder.checks import change, instead

change(
    "all_kept",
    "return (1 - rate) * np.sum(weights * inputs)",
    "return (1 - rate) ** len(weights) * np.sum(weights * inputs)",
    say=(
        "You multiply by the probability that all inputs are kept at once. Each input stays or "
        "goes on its own, so each of them loses the factor 1 - rate once."
    ),
)

change(
    "divided",
    "return (1 - rate) * np.sum(weights * inputs)",
    "return np.sum(weights * inputs) / (1 - rate)",
    say=(
        "You divide by the probability of keeping. That is what inverted dropout does in training; "
        "here nothing was scaled in training, so the test must be made smaller."
    ),
)

change(
    "dropping",
    "return (1 - rate) * np.sum(weights * inputs)",
    "return rate * np.sum(weights * inputs)",
    say=(
        "You multiply by the probability of dropping, as the words of the slide say. A share of 1 "
        "- rate of the inputs is still there, so that is the factor; the two agree at 1/2 only."
    ),
)


@instead(
    "equal_masks",
    say=(
        "You count all masks as equally likely. That holds at rate 1/2 only: a mask has "
        "probability rate ** dropped * (1 - rate) ** kept."
    ),
)
def expected_activation(weights, inputs, rate):
    units = len(weights)
    total = 0.0
    for number in range(2**units):
        kept = (number >> np.arange(units)) & 1
        total += np.sum(weights * inputs * kept) / 2**units
    return total


change(
    "not_scaled",
    "return (1 - rate) * np.sum(weights * inputs)",
    "return np.sum(weights * inputs)",
    say=(
        "You return the neuron with all its inputs. In training only a share of them is there on "
        "average: multiply by the probability of keeping one."
    ),
)

change(
    "squared",
    "(1 - rate) *",
    "(1 - rate) ** 2 *",
    say=("You multiply by the share twice, for weights and inputs. Only the inputs are dropped."),
)


change(
    "not_summed",
    "(1 - rate) * np.sum(weights * inputs)",
    "(1 - rate) * weights * inputs",
    say="You return a number for each input. The neuron adds them up.",
)
