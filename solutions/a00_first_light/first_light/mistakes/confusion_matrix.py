"""Mistakes in `confusion_matrix`."""

from autograder.checks import change, instead

change(
    "classes_seen",
    """
    counts = np.zeros((classes, classes), dtype=int)
    for true_class, predicted_class in zip(labels, predictions, strict=True):
        counts[true_class, predicted_class] += 1
    """,
    """
    seen = max(labels.max(), predictions.max()) + 1
    counts = np.zeros((seen, seen))
    np.add.at(counts, (labels, predictions), 1)
    """,
    say=(
        "Your matrix has only as many rows as there are classes in the labels; make it `classes` × "
        "`classes`, even if some class does not occur."
    ),
)

change(
    "counted_at_once",
    """
    counts = np.zeros((classes, classes), dtype=int)
    for true_class, predicted_class in zip(labels, predictions, strict=True):
        counts[true_class, predicted_class] += 1
    """,
    """
    counts = np.zeros((classes, classes))
    counts[labels, predictions] += 1
    """,
    say=(
        "Each pair counts only once, however often it occurs: `counts[labels, predictions] += 1` "
        "on whole arrays does that, and so does `= 1`; add 1 for every image in a loop, or use "
        "np.add.at."
    ),
)


@instead(
    "shares",
    say="You divided each row by its sum; the matrix holds the counts themselves.",
)
def confusion_matrix(labels, predictions, classes):
    counts = np.zeros((classes, classes))
    for label, prediction in zip(labels, predictions, strict=True):
        counts[label, prediction] += 1
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)


change(
    "transposed",
    """
    counts = np.zeros((classes, classes), dtype=int)
    for true_class, predicted_class in zip(labels, predictions, strict=True):
        counts[true_class, predicted_class] += 1
    """,
    """
    counts = np.zeros((classes, classes))
    for label, prediction in zip(labels, predictions, strict=True):
        counts[prediction, label] += 1
    """,
    say="Rows and columns are swapped: the row is the true class, the column the predicted one.",
)

change(
    "only_right_ones",
    "counts[true_class, predicted_class] += 1",
    "counts[true_class, true_class] += true_class == predicted_class",
    say=(
        "You count the right ones only. Every image counts, at the row of its class and the "
        "column of the prediction."
    ),
)


change(
    "only_mistakes",
    "counts[true_class, predicted_class] += 1",
    "counts[true_class, predicted_class] += true_class != predicted_class",
    say="You count the mistakes only. What is right stands on the diagonal.",
)


change(
    "fractions",
    "return counts",
    "return counts / len(labels)",
    say="You divide by the number of images. The matrix holds the counts themselves.",
)
