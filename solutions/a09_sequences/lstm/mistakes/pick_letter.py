"""Mistakes in `pick_letter`."""

from autograder.checks import change

change(
    "most_probable",
    "return min(int(np.sum(borders <= number)), len(probabilities) - 1)",
    "return int(np.argmax(probabilities))",
    say="You always take the most probable letter. Draw one: look where the number falls.",
)

change(
    "one_too_far",
    "return min(int(np.sum(borders <= number)), len(probabilities) - 1)",
    "return int(np.sum(borders <= number)) + 1",
    say="You count one too many. The first part has the index 0.",
)

change(
    "from_the_other_end",
    "borders = np.cumsum(probabilities)",
    "borders = 1 - np.cumsum(probabilities)",
    say="You measure the borders from 1 downwards. The first part begins at 0.",
)

change(
    "probabilities_compared",
    "borders = np.cumsum(probabilities)",
    "borders = probabilities",
    say="You compare the number with the probabilities. The borders are their sums so far.",
)

change(
    "equal_parts",
    "return min(int(np.sum(borders <= number)), len(probabilities) - 1)",
    "return int(number * len(borders))",
    say="All your parts are equally long. A letter's part is as long as it is probable.",
)
