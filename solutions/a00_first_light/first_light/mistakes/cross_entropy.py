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

change(
    "over_the_entries",
    "return -np.mean(np.log(given_to_truth))",
    "return -np.sum(np.log(given_to_truth)) / probabilities.size",
    say=(
        "You take the mean over all entries, the zeros of the one-hot labels included. Divide "
        "by the number of images only, not by images × classes."
    ),
)


change(
    "no_logarithm",
    "return -np.mean(np.log(given_to_truth))",
    "return -np.mean(given_to_truth)",
    say="You forgot the logarithm: your loss is minus the mean probability.",
)


change(
    "softmax_again",
    "given_to_truth = probabilities[np.arange(len(labels)), labels]",
    "given_to_truth = (np.exp(probabilities) / np.exp(probabilities).sum(axis=1, keepdims=True))[np.arange(len(labels)), labels]",
    say=(
        "You apply a softmax to probabilities. They are given already: pick the true class's "
        "and take the logarithm."
    ),
)


change(
    "for_each_image",
    "return -np.mean(np.log(given_to_truth))",
    "return -np.log(given_to_truth)",
    say="You return a loss for each image. Take the mean: one number.",
)


change(
    "wrong_class_too",
    "return -np.mean(np.log(given_to_truth))",
    "return -np.mean(np.log(given_to_truth) + np.log(1 - probabilities).sum(axis=1) - np.log(1 - given_to_truth))",
    say=(
        "You add the logarithms of 1 - p of the other classes, as for yes-or-no questions. "
        "Here the classes exclude each other: only the true one's probability counts."
    ),
)
