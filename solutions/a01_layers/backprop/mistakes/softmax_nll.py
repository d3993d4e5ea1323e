"""Mistakes in `softmax_nll`."""

from autograder.checks import change, instead

change(
    "gradient_not_divided",
    "return loss, dscores / len(labels)",
    "return loss, dscores",
    say=(
        "Your loss is the mean over the batch, but your gradient is that of the sum. Divide "
        "`dscores` by the number of examples too."
    ),
    fails=("softmax_nll", "one_step"),
)

change(
    "label_not_subtracted",
    """
    dscores = np.exp(log_probabilities)
    dscores[examples, labels] -= 1
    """,
    """
    dscores = np.exp(log_probabilities)
    """,
    say=(
        "Your gradient is the probabilities alone. Subtract 1 at the label of each example: what "
        "the network said minus what it should have said."
    ),
    fails=("softmax_nll", "one_step"),
)


@instead(
    "log_of_zero",
    say=(
        "You take the logarithm of a probability, and for a label that is very unlikely this is "
        "log 0. Compute log p directly: the shifted score minus the logarithm of the sum of "
        "exponentials."
    ),
)
def softmax_nll(scores, labels):
    examples = np.arange(len(labels))
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore"):
        loss = -np.log(probabilities[examples, labels]).mean()
    probabilities[examples, labels] -= 1
    return loss, probabilities / len(labels)


change(
    "over_the_batch",
    """
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    """,
    """
    shifted = scores - scores.max(axis=0, keepdims=True)
    log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=0, keepdims=True))
    """,
    say=(
        "Your softmax adds up over the batch. The classes of *one example* compete with each "
        "other: sum over axis 1."
    ),
    fails=("softmax_nll", "one_step"),
)

change(
    "summed",
    "loss = -log_probabilities[examples, labels].mean()",
    "loss = -log_probabilities[examples, labels].sum()",
    "return loss, dscores / len(labels)",
    "return loss, dscores",
    say=(
        "You add up the losses of the batch. Both the loss and its gradient are those of the mean: "
        "divide by the number of examples."
    ),
    fails=("softmax_nll", "one_step"),
)


@instead(
    "unstable",
    say=(
        "Your exponentials overflow for large scores, and the logarithm of a probability of 0 is "
        "infinite. Subtract the largest score of each example first, and write log p as the "
        "shifted score minus the logarithm of the sum."
    ),
)
def softmax_nll(scores, labels):
    examples = np.arange(len(labels))
    with np.errstate(all="ignore"):
        probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        loss = -np.log(probabilities[examples, labels]).mean()
    probabilities[examples, labels] -= 1
    return loss, probabilities / len(labels)


change(
    "wrong_sign",
    "return loss, dscores / len(labels)",
    "return loss, -dscores / len(labels)",
    say=(
        "Your gradient has the wrong sign. It is p - 1 at the label and p elsewhere: a higher "
        "score of a wrong class makes the loss larger."
    ),
    fails=("softmax_nll", "one_step"),
)
