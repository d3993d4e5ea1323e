"""Mistakes in `lstm_step`."""

from autograder.checks import change

change(
    "keras_order",
    "i, f, o, g = np.split(joined @ W + b, 4, axis=1)",
    "i, f, g, o = np.split(joined @ W + b, 4, axis=1)",
    say=(
        "You take the blocks of columns in Keras' order, i, f, g, o. Here the candidate g is the last "
        "one, as on the slide."
    ),
    fails=(
        "lstm_step",
        "lstm_forward",
        "lstm_step_backward",
        "lstm_backward",
        "in_pieces",
        "learn_by_heart",
    ),
)

change(
    "input_first",
    "joined = np.concatenate([h, x], axis=1)",
    "joined = np.concatenate([x, h], axis=1)",
    say="You put x before h. The first rows of W belong to the state.",
    fails=(
        "lstm_step",
        "lstm_forward",
        "lstm_step_backward",
        "lstm_backward",
        "in_pieces",
        "learn_by_heart",
    ),
)

change(
    "cell_shown_as_it_is",
    "h_next = o * np.tanh(c_next)",
    "h_next = o * c_next",
    say="Your state shows the cell itself. The slide shows its tanh.",
    fails=("lstm_step", "lstm_forward", "lstm_backward", "in_pieces", "learn_by_heart"),
)

change(
    "candidate_a_sigmoid",
    "g = np.tanh(g)",
    "g = 1 / (1 + np.exp(-g))",
    say="Your candidate g goes through a sigmoid like the gates. It alone has a tanh.",
    fails=(
        "lstm_step",
        "lstm_forward",
        "lstm_step_backward",
        "lstm_backward",
        "in_pieces",
        "learn_by_heart",
    ),
)

change(
    "input_gate_forgotten",
    "c_next = f * c + i * g",
    "c_next = f * c + g",
    say="Your candidate is written whole. The input gate says how much of it is.",
    fails=(
        "lstm_step",
        "lstm_forward",
        "lstm_step_backward",
        "lstm_backward",
        "in_pieces",
        "learn_by_heart",
    ),
)

change(
    "gates_swapped",
    "c_next = f * c + i * g",
    "c_next = i * c + f * g",
    say="Input and forget gate are swapped in your cell: f belongs to what was there before.",
    fails=(
        "lstm_step",
        "lstm_forward",
        "lstm_step_backward",
        "lstm_backward",
        "in_pieces",
        "learn_by_heart",
    ),
)

change(
    "bias_forgotten",
    "joined @ W + b",
    "joined @ W",
    say="The bias is missing. Add it before the nonlinearities.",
    fails=(
        "lstm_step",
        "lstm_forward",
        "lstm_step_backward",
        "lstm_backward",
        "in_pieces",
        "learn_by_heart",
    ),
)

change(
    "old_cell_shown",
    "h_next = o * np.tanh(c_next)",
    "h_next = o * np.tanh(c)",
    say="Your state shows the cell of the step before. Write first, then show what is in it now.",
    fails=("lstm_step", "lstm_forward", "lstm_backward", "in_pieces", "learn_by_heart"),
)

change(
    "gates_before_the_nonlinearities",
    "return h_next, c_next, np.concatenate([i, f, o, g], axis=1)",
    "return h_next, c_next, joined @ W + b",
    say="What you return as gates is what goes into their nonlinearities, not what comes out.",
    fails=("lstm_step", "lstm_step_backward", "lstm_backward", "learn_by_heart"),
)
