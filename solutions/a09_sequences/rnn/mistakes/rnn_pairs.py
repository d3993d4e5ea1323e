"""Mistakes in `rnn_pairs`."""

from autograder.checks import change

change(
    "same_letter",
    "numbers[:-1]], numbers[1:]",
    "numbers[:-1]], numbers[:-1]",
    say=(
        "Your targets are the letters that the network has just read. It is to say what comes "
        "*next*: the targets are one letter later than the inputs."
    ),
)

change(
    "previous_letter",
    "[numbers[:-1]], numbers[1:]",
    "[numbers[1:]], numbers[:-1]",
    say=(
        "You go backwards: your network reads a letter and should say the one before it. It reads "
        "all but the last, and says all but the first."
    ),
)

change(
    "whole_text",
    "[numbers[:-1]], numbers[1:]",
    "[numbers], np.roll(numbers, -1)",
    say=(
        "You also make a pair of the last letter, with the first one as its target. Nothing "
        "follows the last letter of a text: there is one pair fewer than letters."
    ),
)

change(
    "targets_one_hot",
    "[numbers[:-1]], numbers[1:]",
    "[numbers[:-1]], np.eye(len(alphabet))[numbers[1:]]",
    say="Your targets are one-hot, too. They are asked for as numbers, one for each pair.",
)

change(
    "sorted_alphabet",
    "alphabet.index(letter)",
    "sorted(alphabet).index(letter)",
    say=(
        "You sort the alphabet. A letter's number is its place in the alphabet as it was given: "
        "in helo, the h is 0."
    ),
)

change(
    "letters_of_the_text",
    "np.eye(len(alphabet))",
    "np.eye(max(numbers) + 1)",
    say=(
        "Your rows are only as long as the largest number in the text demands. They have a place "
        "for every letter of the alphabet, also for one that the text lacks."
    ),
)

change(
    "transposed",
    "return np.eye(len(alphabet))[numbers[:-1]], numbers[1:]",
    "return np.eye(len(alphabet))[numbers[:-1]].T, numbers[1:]",
    say="Your `x` is transposed. Each letter of the text has a row, each of the alphabet a column.",
)
