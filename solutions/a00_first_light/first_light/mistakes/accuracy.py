"""Mistakes in `accuracy`."""

from autograder.checks import change

change(
    "count",
    "return np.mean(np.argmax(scores, axis=1) == labels)",
    "return np.sum(np.argmax(scores, axis=1) == labels)",
    say="You return how many are right; divide by how many examples there are.",
)

change(
    "errors",
    "return np.mean(np.argmax(scores, axis=1) == labels)",
    "return np.mean(np.argmax(scores, axis=1) != labels)",
    say="You return the fraction of wrong answers; count where prediction and label are the same.",
)

change(
    "lowest",
    "return np.mean(np.argmax(scores, axis=1) == labels)",
    "return np.mean(np.argmin(scores, axis=1) == labels)",
    say="You take the class with the lowest score; use argmax, not argmin.",
)

change(
    "percent",
    "return np.mean(np.argmax(scores, axis=1) == labels)",
    "return 100 * np.mean(np.argmax(scores, axis=1) == labels)",
    say=(
        "You return a percentage; return the fraction between 0 and 1, and let the printing make "
        "it a percentage."
    ),
)

change(
    "over_the_examples",
    "return np.mean(np.argmax(scores, axis=1) == labels)",
    "return np.mean(np.argmax(scores, axis=0)[: len(labels)] == labels[: scores.shape[1]])",
    say=("You look for the best example of each class. Each row is an image: argmax over axis 1."),
)


change(
    "each_one",
    "return np.mean(np.argmax(scores, axis=1) == labels)",
    "return np.argmax(scores, axis=1) == labels",
    say="You return true or false for each image. The fraction is asked for: take the mean.",
)


change(
    "divided_by_classes",
    "return np.mean(np.argmax(scores, axis=1) == labels)",
    "return np.sum(np.argmax(scores, axis=1) == labels) / scores.shape[1]",
    say="You divide by the number of classes. Divide by how many examples there are.",
)
