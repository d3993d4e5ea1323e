"""Mistakes in `cross_entropy`."""

from autograder.checks import change

change(
    "all_classes",
    """
    given_to_truth = probabilities[np.arange(len(labels)), labels]
    return -np.mean(np.log(given_to_truth))
    """,
    """
    return -np.mean(np.log(probabilities))
    """,
    say=(
        "You averaged over all classes; only the probability of the true class counts, one for "
        "each image."
    ),
)

change(
    "base_ten",
    "return -np.mean(np.log(given_to_truth))",
    "return -np.mean(np.log10(given_to_truth))",
    say="You took the logarithm to base 10; the loss uses the natural logarithm, which is np.log.",
)

change(
    "base_two",
    "return -np.mean(np.log(given_to_truth))",
    "return -np.mean(np.log2(given_to_truth))",
    say=(
        "You took the logarithm to base 2, which measures in bits; the loss uses the natural "
        "logarithm, which is np.log."
    ),
)

change(
    "log_of_mean",
    "return -np.mean(np.log(given_to_truth))",
    "return -np.log(np.mean(given_to_truth))",
    say=(
        "You took the logarithm of the mean probability; take the logarithm of each image's "
        "probability first, then the mean."
    ),
)

change(
    "sign",
    "return -np.mean(np.log(given_to_truth))",
    "return np.mean(np.log(given_to_truth))",
    say=(
        "Your loss is negative: logarithms of probabilities are, so put a minus sign before the "
        "mean."
    ),
)

change(
    "sum",
    "return -np.mean(np.log(given_to_truth))",
    "return -np.sum(np.log(given_to_truth))",
    say=(
        "You added up the surprise of all images; the loss is their mean, so that it does not "
        "depend on how many there are."
    ),
)
