"""Mistakes in `rnn_draw`."""

from autograder.checks import change, instead

change(
    "most_probable",
    "int(np.sum(np.cumsum(probabilities)[:-1] <= u))",
    "int(np.argmax(probabilities))",
    say=(
        "You always take the most probable letter. The letter is *drawn*: it is the one on which "
        "`u` falls when the probabilities lie side by side."
    ),
)

change(
    "its_own_draw",
    "int(np.sum(np.cumsum(probabilities)[:-1] <= u))",
    "int(np.random.choice(len(probabilities), p=probabilities))",
    say=(
        "You draw a random number of your own. The number has been drawn already: it is `u`, and "
        "with the same `u` the letter is the same."
    ),
    hint=None,
)

change(
    "border",
    "np.cumsum(probabilities)[:-1] <= u",
    "np.cumsum(probabilities)[:-1] < u",
    say=(
        "A `u` exactly on a border gets the letter to the left of it, even one whose probability "
        "is 0. By the formula the border belongs to the letter that begins there."
    ),
)

change(
    "beyond_the_last",
    "np.cumsum(probabilities)[:-1] <= u",
    "np.cumsum(probabilities) <= u",
    say=(
        "Your letter can have a number that no letter has. By rounding, the probabilities may add "
        "up to a little less than 1; a `u` beyond them falls on the last letter."
    ),
)

change(
    "one_too_far",
    "int(np.sum(np.cumsum(probabilities)[:-1] <= u))",
    "min(int(np.sum(np.cumsum(probabilities)[:-1] <= u)) + 1, len(probabilities) - 1)",
    say=(
        "Your letter is the one after that on which `u` falls. Letters are counted from 0: if `u` "
        "is below the first probability, the number is 0."
    ),
)

change(
    "sorted_first",
    "np.cumsum(probabilities)[:-1]",
    "np.cumsum(np.sort(probabilities))[:-1]",
    say=(
        "You sort the probabilities first, and with that the numbers of the letters are lost. They "
        "lie side by side in their own order."
    ),
)


@instead(
    "single_probability",
    say=(
        "You compare `u` with each letter's own probability. Compare it with the sum of the "
        "probabilities up to that letter."
    ),
)
def draw_letter(probabilities, u):
    for letter, probability in enumerate(probabilities):
        if u < probability:
            return letter
    return len(probabilities) - 1
