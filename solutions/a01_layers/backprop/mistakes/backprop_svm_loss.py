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
    "dscores[examples, labels] = -(dscores.sum(axis=1) > 0).astype(float)",
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

change(
    "wrong_sign",
    "scores - scores[examples, labels][:, np.newaxis] + 1",
    "scores[examples, labels][:, np.newaxis] - scores + 1",
    say=(
        "You subtract the other way round, and punish classes that stay behind. What is "
        "missing is s_j - s_y + 1: the other class minus the right one."
    ),
)


change(
    "gradient_sign",
    "return loss, dscores / len(labels)",
    "return loss, -dscores / len(labels)",
    say=(
        "Your gradient has the wrong sign. A higher score of a wrong class makes the loss "
        "larger: +1 there, and the right class collects the -1."
    ),
)


change(
    "right_class_positive",
    "dscores[examples, labels] = -dscores.sum(axis=1)",
    "dscores[examples, labels] = dscores.sum(axis=1)",
    say=(
        "The right class has a plus sign in your gradient. Its score is subtracted in every "
        "term, so it collects a -1 from each that is greater than 0."
    ),
)


change(
    "right_class_everywhere",
    """
    missing[examples, labels] = 0
    loss = missing.sum() / len(labels)
    dscores = (missing > 0).astype(float)
    """,
    """
    loss = (missing.sum() - len(labels)) / len(labels)
    dscores = (missing > 0).astype(float)
    """,
    say=(
        "Your gradient counts the right class's own term. Its difference is 0 plus the "
        "margin, greater than 0 and always there: leave it out before you count."
    ),
)


change(
    "gradient_amount",
    "dscores = (missing > 0).astype(float)",
    "dscores = missing.copy()",
    say=(
        "Your gradient is what is missing itself. Each term that is greater than 0 has slope "
        "1, however large it is: count, (missing > 0)."
    ),
)


change(
    "squared",
    "loss = missing.sum() / len(labels)",
    "loss = (missing**2).sum() / len(labels)",
    say="You square what is missing. The loss of the slides adds it up as it is.",
)


change(
    "mean_of_all",
    "loss = missing.sum() / len(labels)",
    "loss = missing.mean()",
    "return loss, dscores / len(labels)",
    "return loss, dscores / scores.size",
    say=(
        "You take the mean over classes as well. Add up over the classes, and divide by the "
        "number of examples only."
    ),
)


change(
    "loss_mean_of_all",
    "loss = missing.sum() / len(labels)",
    "loss = missing.mean()",
    say=(
        "You take the mean over classes as well. Add up over the classes, and divide by the "
        "number of examples only."
    ),
)


change(
    "loss_only_not_divided",
    "loss = missing.sum() / len(labels)",
    "loss = missing.sum()",
    say=(
        "Your loss is the sum over the batch, but your gradient is that of the mean. Divide "
        "the loss by the number of examples too."
    ),
)


change(
    "margin_taken_off",
    "scores - scores[examples, labels][:, np.newaxis] + 1",
    "scores - scores[examples, labels][:, np.newaxis] - 1",
    say=(
        "You subtract the margin. A class costs something as soon as it comes *closer* than "
        "1: s_j - s_y + 1."
    ),
)


change(
    "not_cut_off",
    "missing = np.maximum(0, scores - scores[examples, labels][:, np.newaxis] + 1)",
    "missing = scores - scores[examples, labels][:, np.newaxis] + 1",
    say=(
        "You let classes that trail by more than the margin lower the loss. A term is at "
        "least 0: max(0, ...)."
    ),
)


change(
    "absolute",
    "missing = np.maximum(0, scores - scores[examples, labels][:, np.newaxis] + 1)",
    "missing = np.abs(scores - scores[examples, labels][:, np.newaxis] + 1)",
    say=(
        "You take the absolute value. A class that trails by more than the margin costs "
        "nothing: max(0, ...)."
    ),
)


change(
    "right_class_from_whole_batch",
    "dscores[examples, labels] = -dscores.sum(axis=1)",
    "dscores[examples, labels] = -dscores.sum()",
    say=(
        "The right class collects the -1 of the whole batch. Count the terms of its own "
        "example only: sum over axis 1."
    ),
)


change(
    "right_class_in_the_loss_only",
    """
    missing[examples, labels] = 0
    loss = missing.sum() / len(labels)
    """,
    """
    loss = missing.sum() / len(labels)
    missing[examples, labels] = 0
    """,
    say=(
        "Your loss is 1 too large: you add the term of the right class, which is always max(0, 0 + "
        "1) = 1. The sum runs over the other classes only. Your gradient leaves it out already."
    ),
)


change(
    "right_class_always_minus_one",
    "dscores[examples, labels] = -dscores.sum(axis=1)",
    "dscores[examples, labels] = -1",
    say=(
        "You give the right class a slope of -1, whatever the other scores are. It appears in every "
        "term that is greater than 0, so it collects as many -1 as there are such terms."
    ),
)
