"""Mistakes in `lstm_backward`."""

from autograder.checks import change

change(
    "state_gradient_not_carried",
    "dh[:, t] + dh_later, dc_later,",
    "dh[:, t], dc_later,",
    say=(
        "Only the loss's own gradient reaches h in each step. Add what the next step says about it."
    ),
    fails=("lstm_backward", "learn_by_heart"),
)

change(
    "cell_gradient_not_carried",
    "dh[:, t] + dh_later, dc_later,",
    "dh[:, t] + dh_later, 0 * dc_later,",
    say="You drop the gradient of the cell between the steps. Hand it on to the step before.",
    fails=("lstm_backward", "learn_by_heart"),
)

change(
    "only_the_end",
    "dh[:, t] + dh_later, dc_later,",
    "(dh[:, t] if t == x.shape[1] - 1 else 0) + dh_later, dc_later,",
    say="You take the loss's gradient at the last step alone. The loss looks at every state.",
    fails=("lstm_backward", "learn_by_heart"),
)

change(
    "weights_of_one_step",
    "dW += dW_t",
    "dW = dW_t",
    "db += db_t",
    "db = db_t",
    say="Your dW and db are those of one step. The steps share the weights: add up.",
    fails=("lstm_backward", "learn_by_heart"),
)

change(
    "state_after_the_step",
    "h_before, c_before = (h[:, t - 1], c[:, t - 1]) if t else (h0, c0)",
    "h_before, c_before = h[:, t], c[:, t]",
    say=(
        "You go back through step t with the state and cell after it. It was computed from those "
        "before it."
    ),
    fails=("lstm_backward", "learn_by_heart"),
)

change(
    "start_ignored",
    "if t else (h0, c0)",
    "if t else (0 * h0, 0 * c0)",
    say="Your first step goes back as if it had begun with zeros. It began with h0 and c0.",
)

change(
    "forwards",
    "for t in reversed(range(x.shape[1])):",
    "for t in range(x.shape[1]):",
    say="You go from the first step to the last. Gradients come from the end.",
    fails=("lstm_backward", "learn_by_heart"),
)
