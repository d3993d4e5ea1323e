"""Mistakes in `lstm_forward`."""

from autograder.checks import change

change(
    "cell_not_carried",
    "h, c, _ = lstm_step(x[:, t], h, c, W, b)",
    "h, c, _ = lstm_step(x[:, t], h, c0, W, b)",
    say="Every step of yours begins with the first cell, c0. Hand on the cell of the step before.",
    fails=("lstm_forward", "lstm_backward", "in_pieces", "learn_by_heart"),
)

change(
    "state_not_carried",
    "h, c, _ = lstm_step(x[:, t], h, c, W, b)",
    "h, c, _ = lstm_step(x[:, t], h0, c, W, b)",
    say="Every step of yours begins with the first state, h0. Hand on the state of the step before.",
    fails=("lstm_forward", "lstm_backward", "in_pieces", "learn_by_heart"),
)

change(
    "start_ignored",
    "h, c = h0, c0",
    "h, c = np.zeros_like(h0), np.zeros_like(c0)",
    say="You always begin with zeros. Begin with h0 and c0.",
    fails=("lstm_forward", "lstm_backward", "in_pieces"),
)

change(
    "time_first",
    "return np.stack(states, axis=1), np.stack(cells, axis=1)",
    "return np.stack(states), np.stack(cells)",
    say="Your first axis is time. The batch comes first: (batch, time, hidden).",
    fails=("lstm_forward", "lstm_backward", "in_pieces", "learn_by_heart"),
)

change(
    "backwards",
    "for t in range(x.shape[1]):",
    "for t in reversed(range(x.shape[1])):",
    say="You read the sequence from its end. Begin with the first input.",
    fails=("lstm_forward", "lstm_backward", "in_pieces", "learn_by_heart"),
)

change(
    "start_included",
    "return np.stack(states, axis=1), np.stack(cells, axis=1)",
    "return np.stack([h0, *states[:-1]], axis=1), np.stack([c0, *cells[:-1]], axis=1)",
    say=(
        "Your entries are a step late: they begin with h0 and c0. The first entry is what comes after "
        "the first input."
    ),
    fails=("lstm_forward", "lstm_backward", "in_pieces", "learn_by_heart"),
)
