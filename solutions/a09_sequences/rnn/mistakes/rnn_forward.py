"""Mistakes in `rnn_forward`."""

from autograder.checks import change

change(
    "state_not_carried",
    "h = step_forward(x[:, t], h, w_xh, w_hh)",
    "h = step_forward(x[:, t], h0, w_xh, w_hh)",
    say=(
        "Every step of yours begins with `h0`. The state of one step is where the next one begins; "
        "else nothing is remembered."
    ),
)

change(
    "first_state_included",
    """
    states = np.stack(states, axis=1)
    """,
    """
    states = np.stack([h0, *states[:-1]], axis=1)
    """,
    say=(
        "Your states begin with `h0` and lack the last one. They are asked for from h_1 to the "
        "last, the states *after* each step, and the outputs are made of these."
    ),
)

change(
    "starts_from_zero",
    "states, h = [], h0",
    "states, h = [], np.zeros(h0.shape)",
    say="You begin with zeros, whatever `h0` is. It is the state before the first step.",
)

change(
    "time_first",
    "states = np.stack(states, axis=1)",
    "states = np.stack(states, axis=0)",
    say="Your arrays have the time first. Asked for is `(batch, time, features)`.",
)

change(
    "last_output_only",
    "return states, states @ w_hy.T",
    "return states, states[:, -1] @ w_hy.T",
    say="You give the output of the last step alone. Every step has one.",
)

change(
    "output_through_tanh",
    "return states, states @ w_hy.T",
    "return states, np.tanh(states @ w_hy.T)",
    say="You send the outputs through a tanh. y = W_hy h has none: only the state goes through it.",
)

change(
    "read_backwards",
    "h = step_forward(x[:, t], h, w_xh, w_hh)",
    "h = step_forward(x[:, -1 - t], h, w_xh, w_hh)",
    say="You read the sequence from its end. It begins with step 0.",
)
