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

change(
    "base_two",
    "loss = -log_probabilities[examples, labels].mean()",
    "loss = -log_probabilities[examples, labels].mean() / np.log(2)",
    say=(
        "Your loss is in bits: you use log2. It is asked for in nats, with the natural logarithm."
    ),
    fails=("softmax_nll", "one_step"),
)


change(
    "mean_over_one_hot",
    "loss = -log_probabilities[examples, labels].mean()",
    "loss = -log_probabilities[examples, labels].mean() / scores.shape[1]",
    say=(
        "You take the mean over all entries, the zeros of the one-hot labels included. Add up "
        "over the classes first, and divide by the number of examples only."
    ),
    fails=("softmax_nll", "one_step"),
)


change(
    "mean_over_one_hot_both",
    "loss = -log_probabilities[examples, labels].mean()",
    "loss = -log_probabilities[examples, labels].mean() / scores.shape[1]",
    "return loss, dscores / len(labels)",
    "return loss, dscores / scores.size",
    say=(
        "You take the mean over all entries, the zeros of the one-hot labels included. Divide "
        "loss and gradient by the number of examples only, not by examples × classes."
    ),
    fails=("softmax_nll", "one_step"),
)


change(
    "gradient_over_entries",
    "return loss, dscores / len(labels)",
    "return loss, dscores / scores.size",
    say=(
        "You divide the gradient by the number of entries of `scores`. The loss is the mean "
        "over the examples: divide by their number only."
    ),
    fails=("softmax_nll", "one_step"),
)


change(
    "loss_sign",
    "loss = -log_probabilities[examples, labels].mean()",
    "loss = log_probabilities[examples, labels].mean()",
    say=(
        "Your loss is negative: the minus sign before the sum is missing. The logarithm of a "
        "probability is at most 0."
    ),
    fails=("softmax_nll", "one_step"),
)


change(
    "no_softmax",
    "log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
    "log_probabilities = shifted",
    say=(
        "You leave out the logarithm of the sum. Softmax divides by the sum of all "
        "exponentials of an example: log p is the shifted score minus the logarithm of that "
        "sum."
    ),
    fails=("softmax_nll", "one_step"),
)


change(
    "loss_summed",
    "loss = -log_probabilities[examples, labels].mean()",
    "loss = -log_probabilities[examples, labels].sum()",
    say=(
        "Your loss is the sum over the batch, but your gradient is that of the mean. Divide "
        "the loss by the number of examples too."
    ),
    fails=("softmax_nll", "one_step"),
)


change(
    "loss_each",
    "loss = -log_probabilities[examples, labels].mean()",
    "loss = -log_probabilities[examples, labels]",
    say="You return a loss for each example. Take the mean over the batch: one number.",
    fails=("softmax_nll", "one_step"),
)


change(
    "all_classes",
    "loss = -log_probabilities[examples, labels].mean()",
    "loss = -log_probabilities.sum(axis=1).mean()",
    say="You add up the logarithms of all classes. Only the probability of the label counts.",
    fails=("softmax_nll", "one_step"),
)


change(
    "column_for_all",
    "dscores[examples, labels] -= 1",
    "dscores[:, labels] -= 1",
    say=(
        "You subtract 1 from the label's column in *every* row. Each example has a label of "
        "its own: dscores[np.arange(len(labels)), labels] -= 1."
    ),
    fails=("softmax_nll", "one_step"),
)


change(
    "label_divided_once",
    """
    dscores[examples, labels] -= 1
    return loss, dscores / len(labels)
    """,
    """
    dscores /= len(labels)
    dscores[examples, labels] -= 1
    return loss, dscores
    """,
    say=(
        "You divide by the number of examples before you subtract 1. The 1 is divided, too: "
        "subtract first."
    ),
    fails=("softmax_nll", "one_step"),
)


change(
    "shifted_by_all",
    "shifted = scores - scores.max(axis=1, keepdims=True)",
    "shifted = scores - scores.max()",
    say=(
        "You subtract the largest score of the whole batch. Where the scores of an example "
        "lie far below it, all its exponentials are 0: subtract each example's own largest "
        "one."
    ),
)


change(
    "probability_for_loss",
    "loss = -log_probabilities[examples, labels].mean()",
    "loss = -np.exp(log_probabilities[examples, labels]).mean()",
    say=(
        "You forgot the logarithm: your loss is minus the probability of the label. It is "
        "minus its logarithm."
    ),
    fails=("softmax_nll", "one_step"),
)


change(
    "log_gradient",
    "dscores = np.exp(log_probabilities)",
    "dscores = log_probabilities.copy()",
    say=(
        "Your gradient is made of log p. It is the probability itself minus 1 at the label: "
        "take the exponential."
    ),
    fails=("softmax_nll", "one_step"),
)


change(
    "clipped",
    "loss = -log_probabilities[examples, labels].mean()",
    "loss = -np.log(np.maximum(np.exp(log_probabilities[examples, labels]), 1e-12)).mean()",
    say=(
        "You put a smallest probability (1e-12) under the logarithm. That cuts the loss off "
        "near 27.6: compute log p from the shifted scores, and nothing can become log 0."
    ),
)


change(
    "small_number_added",
    "loss = -log_probabilities[examples, labels].mean()",
    "loss = -np.log(np.exp(log_probabilities[examples, labels]) + 1e-8).mean()",
    say=(
        "You add 1e-8 under the logarithm. That cuts the loss off near 18.4: compute log p "
        "from the shifted scores, and nothing can become log 0."
    ),
)


change(
    "label_subtracted_from_scores",
    "dscores = np.exp(log_probabilities)",
    "dscores = scores.copy()",
    say=(
        "Your gradient is made of the scores. It is the *probability* minus 1 at the label: "
        "apply softmax first."
    ),
    fails=("softmax_nll", "one_step"),
)
