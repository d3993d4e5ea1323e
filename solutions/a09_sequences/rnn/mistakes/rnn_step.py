"""Mistakes in `rnn_step`."""

from autograder.checks import change

change(
    "state_not_transposed",
    "np.tanh(h @ w_hh.T + x @ w_xh.T)",
    "np.tanh(h @ w_hh + x @ w_xh.T)",
    say=(
        "You multiply the state with `w_hh`, not with its transpose. The matrix is square, so the "
        "shapes do not tell: a row of `w_hh` belongs to a number that comes out."
    ),
    fails=("rnn_step", "rnn_forward"),
)

change(
    "no_tanh",
    "np.tanh(h @ w_hh.T + x @ w_xh.T)",
    "h @ w_hh.T + x @ w_xh.T",
    say="The tanh is missing: your state can grow without a bound.",
    fails=("rnn_step", "rnn_forward"),
)

change(
    "tanh_of_the_parts",
    "np.tanh(h @ w_hh.T + x @ w_xh.T)",
    "np.tanh(h @ w_hh.T) + np.tanh(x @ w_xh.T)",
    say="You take the tanh of both parts. Add them first; one tanh holds the sum.",
    fails=("rnn_step", "rnn_forward"),
)

change(
    "sigmoid",
    "np.tanh(h @ w_hh.T + x @ w_xh.T)",
    "1 / (1 + np.exp(-(h @ w_hh.T + x @ w_xh.T)))",
    say="Your state goes through a sigmoid, from 0 to 1. The slide's cell has a tanh.",
    fails=("rnn_step", "rnn_forward"),
)

change(
    "old_state_added",
    "return np.tanh(h @ w_hh.T + x @ w_xh.T)",
    "return h + np.tanh(h @ w_hh.T + x @ w_xh.T)",
    say=(
        "You add the old state to the new one, as a residual connection does. In this cell the old "
        "state only counts through W_hh."
    ),
    fails=("rnn_step", "rnn_forward"),
)

change(
    "state_forgotten",
    "np.tanh(h @ w_hh.T + x @ w_xh.T)",
    "np.tanh(x @ w_xh.T)",
    say="Your new state does not depend on the old one: W_hh h is missing.",
    fails=("rnn_step", "rnn_forward"),
)

change(
    "in_place",
    """
    return np.tanh(h @ w_hh.T + x @ w_xh.T)
    """,
    """
    h[:] = np.tanh(h @ w_hh.T + x @ w_xh.T)
    return h
    """,
    say=(
        "You write the new state over the old one. The way back needs the old state of every step: "
        "return a new array."
    ),
    hint="Work on a copy (`x = x.copy()`), or use operations that return a new array.",
    fails=("rnn_step", "rnn_forward"),
)
