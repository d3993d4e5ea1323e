"""Mistakes in `backprop_svm_loss`."""

from autograder.checks import change, instead

change(
    "svm_loss_counts_the_right_class",
    """
    missing = np.maximum(0, scores - scores[examples, labels][:, np.newaxis] + 1)
    missing[examples, labels] = 0
    """,
    """
    missing = np.maximum(0, scores - scores[examples, labels][:, np.newaxis] + 1)
    """,
    say=(
        "You add the term of the right class, which is always max(0, 0 + 1) = 1. The sum runs over "
        "the other classes only: set this term to 0."
    ),
)

change(
    "svm_loss_counts_ties",
    """
    missing = np.maximum(0, scores - scores[examples, labels][:, np.newaxis] + 1)
    missing[examples, labels] = 0
    loss = missing.sum() / len(labels)
    dscores = (missing > 0).astype(float)
    """,
    """
    terms = scores - scores[examples, labels][:, np.newaxis] + 1
    terms[examples, labels] = -1
    loss = np.maximum(0, terms).sum() / len(labels)
    dscores = (terms >= 0).astype(float)
    """,
    say=(
        "You count terms of exactly 0 as if they had a slope. A class that trails by exactly the "
        "margin costs nothing: only missing > 0 counts."
    ),
)

change(
    "svm_loss_gradient_not_divided",
    "return loss, dscores / len(labels)",
    "return loss, dscores",
    say=(
        "Your loss is the mean over the batch, but your gradient is that of the sum. Divide "
        "`dscores` by the number of examples too."
    ),
)

change(
    "svm_loss_not_divided",
    "loss = missing.sum() / len(labels)",
    "loss = missing.sum()",
    "return loss, dscores / len(labels)",
    "return loss, dscores",
    say=(
        "You return the sum over the batch. Divide the loss and the gradient by the number of "
        "examples."
    ),
)


@instead(
    "svm_loss_only_the_closest",
    say=(
        "You take only the strongest of the wrong classes. The loss of the slides adds up all "
        "classes that come closer than the margin."
    ),
)
def svm_loss(scores, labels):
    examples = np.arange(len(labels))
    missing = np.maximum(0, scores - scores[examples, labels][:, np.newaxis] + 1)
    missing[examples, labels] = 0
    closest = missing.argmax(axis=1)
    loss = missing.max(axis=1).mean()
    dscores = np.zeros(scores.shape)
    counts = missing[examples, closest] > 0
    dscores[examples, closest] += counts
    dscores[examples, labels] -= counts
    return loss, dscores / len(labels)


change(
    "svm_loss_right_class_forgotten",
    """
    dscores = (missing > 0).astype(float)
    dscores[examples, labels] = -dscores.sum(axis=1)
    """,
    """
    dscores = (missing > 0).astype(float)
    """,
    say=(
        "Your gradient leaves the right class out. Its score stands with a minus sign in every "
        "term: it collects -1 for each term that is greater than 0."
    ),
)

change(
    "svm_loss_right_class_minus_one",
    "dscores[examples, labels] = -dscores.sum(axis=1)",
    "dscores[examples, labels] = -(dscores.sum(axis=1) > 0)",
    say=(
        "You give the right class a slope of -1 once. It appears in every term that is greater "
        "than 0, so it collects as many -1 as there are such terms."
    ),
)

change(
    "svm_loss_without_margin",
    "missing = np.maximum(0, scores - scores[examples, labels][:, np.newaxis] + 1)",
    "missing = np.maximum(0, scores - scores[examples, labels][:, np.newaxis])",
    say=(
        "Your loss has no margin: it is content as soon as the right class leads. Add 1 to every "
        "difference of scores."
    ),
)
