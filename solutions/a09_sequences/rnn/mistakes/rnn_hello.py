"""Mistakes in `rnn_hello`."""

from autograder.checks import change

change(
    "slide_believed",
    '"fourth_input": [0, 0, 1, 0],',
    '"fourth_input": [0, 0, 0, 1],',
    say=(
        "You copied the slide's row, which stands for an o. The network reads h, e, l, l: the "
        "o is only said, never read."
    ),
)

change(
    "cut_off",
    '"p_h": hello_probabilities[0, 0],',
    '"p_h": 0.03,',
    say=(
        "You took the two decimals of the slide, which are cut off and not even rounded. Compute "
        "the softmax of the first row of scores yourself."
    ),
)

change(
    "biases_counted",
    '"weights": 3 * 4 + 3 * 3 + 4 * 3,',
    '"weights": 3 * 4 + 3 * 3 + 4 * 3 + 3 + 4,',
    say=(
        "You counted a bias for each hidden unit and each output. The slide's formulas have none: "
        "only the three matrices count."
    ),
)

change(
    "each_step_anew",
    '"weights": 3 * 4 + 3 * 3 + 4 * 3,',
    '"weights": 4 * (3 * 4 + 3 * 3 + 4 * 3),',
    say=(
        "You counted the weights of each of the four steps. It is the same cell at every step, "
        "with the same weights."
    ),
)

change(
    "targets_are_inputs",
    "range(4), [1, 2, 2, 3]",
    "range(4), [0, 1, 2, 2]",
    say=(
        "You took the probabilities of the letters that were read. The targets are the letters "
        "that come next."
    ),
)

change(
    "summed",
    "[1, 2, 2, 3]]).mean(),",
    "[1, 2, 2, 3]]).sum(),",
    say="You added up the four losses. Asked for is their mean.",
)

change(
    "base_two",
    '"untrained": np.log(4),',
    '"untrained": np.log2(4),',
    say=(
        "You took the logarithm to the base 2, so your loss is in bits. The formula has the "
        "natural logarithm."
    ),
)

change(
    "mean_of_probabilities",
    "-np.log(hello_probabilities[range(4), [1, 2, 2, 3]]).mean()",
    "-np.log(hello_probabilities[range(4), [1, 2, 2, 3]].mean())",
    say=(
        "You took the mean of the probabilities first, and then its logarithm. Take the logarithm "
        "of each, and the mean of those."
    ),
)
