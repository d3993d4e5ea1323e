"""Mistakes in `rnn_backward`."""

from autograder.checks import change

change(
    "next_step_forgotten",
    "dnext = dh + dy[:, t] @ w_hy",
    "dnext = dy[:, t] @ w_hy",
    say=(
        "A state gets its gradient from its own output alone. It also made the next state: add "
        "what comes back from there."
    ),
)

change(
    "output_forgotten",
    "dnext = dh + dy[:, t] @ w_hy",
    "dnext = dh if t < x.shape[1] - 1 else dy[:, t] @ w_hy",
    say=(
        "Only the last output sends a gradient back. Every step has an output of its own, whose "
        "gradient is added."
    ),
)

change(
    "weights_of_one_step",
    """
        dw_xh += step_xh
        dw_hh += step_hh
    """,
    """
        dw_xh = step_xh
        dw_hh = step_hh
    """,
    say=(
        "Your gradients of `w_xh` and `w_hh` are those of the first step alone: each step of your "
        "loop overwrites them. All steps use the same weights: add."
    ),
)

change(
    "mean_over_time",
    "dw_xh += step_xh",
    "dw_xh += step_xh / x.shape[1]",
    "dw_hh += step_hh",
    "dw_hh += step_hh / x.shape[1]",
    say=(
        "You take the mean of the steps for `dw_xh` and `dw_hh`. The gradients of all steps are "
        "added; a mean belongs to the loss, and comes with `dy`."
    ),
)

change(
    "forward_in_time",
    "for t in reversed(range(x.shape[1])):",
    "for t in range(x.shape[1]):",
    say=(
        "You go through the steps from the first to the last. A gradient comes from the future: "
        "begin with the last step."
    ),
)

change(
    "state_after_the_step",
    "before = states[:, t - 1] if t > 0 else h0",
    "before = states[:, t]",
    say=(
        "You give each step the state *after* it as the one before it. Before step t there was the "
        "state of step t − 1, and before the first one `h0`."
    ),
)

change(
    "wraps_around",
    "before = states[:, t - 1] if t > 0 else h0",
    "before = states[:, t - 1]",
    say=(
        "Before your first step stands the last state: the index −1 wraps around. Before step 0 "
        "there was `h0`."
    ),
)

change(
    "output_weights_of_the_last_step",
    'np.einsum("bto,bth->oh", dy, states)',
    "dy[:, -1].T @ states[:, -1]",
    say=(
        "Your `dw_hy` is that of the last step alone. W_hy makes the output of every step: add "
        "them all."
    ),
)

change(
    "first_state_without_a_gradient",
    "return dx, dh, dw_xh, dw_hh, np.einsum",
    "return dx, np.zeros(h0.shape), dw_xh, dw_hh, np.einsum",
    say=(
        "Your `dh0` is 0. The first state was read by the first step: what that step sends back to "
        "it is its gradient."
    ),
)
