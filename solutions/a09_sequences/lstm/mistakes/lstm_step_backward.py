"""Mistakes in `lstm_step_backward`."""

from autograder.checks import change

change(
    "way_through_h_forgotten",
    "dcell = dc_next + dh_next * o * (1 - shown**2)",
    "dcell = dc_next",
    say=(
        "The cell gets only what the next step says. It also acts through h_next: add that way, too."
    ),
    fails=("lstm_step_backward", "lstm_backward", "learn_by_heart"),
)

change(
    "slope_of_the_shown_cell_forgotten",
    "dcell = dc_next + dh_next * o * (1 - shown**2)",
    "dcell = dc_next + dh_next * o",
    say="From h_next to the cell the gradient passes a tanh, and its slope is missing.",
    fails=("lstm_step_backward", "lstm_backward", "learn_by_heart"),
)

change(
    "next_step_forgotten",
    "dcell = dc_next + dh_next * o * (1 - shown**2)",
    "dcell = dh_next * o * (1 - shown**2)",
    say="You do not use dc_next. The cell gets the gradient of the next step as well.",
    fails=("lstm_step_backward", "lstm_backward", "learn_by_heart"),
)

change(
    "new_cell_in_the_forget_gate",
    "df = dcell * c * f * (1 - f)",
    "df = dcell * c_next * f * (1 - f)",
    say="The forget gate multiplies the cell *before* this step; you have the one after it.",
    fails=("lstm_step_backward", "lstm_backward", "learn_by_heart"),
)

change(
    "slopes_of_gates_forgotten",
    "di = dcell * g * i * (1 - i)",
    "di = dcell * g",
    "df = dcell * c * f * (1 - f)",
    "df = dcell * c",
    "do = dh_next * shown * o * (1 - o)",
    "do = dh_next * shown",
    say="The slopes of the sigmoids are missing in the gradients of the gates.",
    fails=("lstm_step_backward", "lstm_backward", "learn_by_heart"),
)

change(
    "slope_of_the_candidate",
    "dg = dcell * i * (1 - g**2)",
    "dg = dcell * i * g * (1 - g)",
    say="You use the slope of a sigmoid for the candidate, which is a tanh.",
    fails=("lstm_step_backward", "lstm_backward", "learn_by_heart"),
)

change(
    "cell_not_forgotten",
    "djoined[:, :hidden], dcell * f,",
    "djoined[:, :hidden], dcell,",
    say="Your gradient of the cell before is that of the cell after: the forget gate is missing.",
    fails=("lstm_step_backward", "lstm_backward", "learn_by_heart"),
)

change(
    "mean_over_the_batch",
    "joined.T @ da, da.sum(axis=0)",
    "joined.T @ da / len(x), da.mean(axis=0)",
    say="Your dW and db are means over the batch. What reaches a weight on several ways adds up.",
    fails=("lstm_step_backward", "lstm_backward"),
)

change(
    "order_of_return",
    "return djoined[:, hidden:], djoined[:, :hidden], dcell * f,",
    "return djoined[:, :hidden], djoined[:, hidden:], dcell * f,",
    say="dx and dh are swapped in what you return: dx is the first.",
    fails=("lstm_step_backward", "lstm_backward", "learn_by_heart"),
)
