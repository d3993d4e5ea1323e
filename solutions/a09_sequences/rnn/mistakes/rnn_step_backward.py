"""Mistakes in `rnn_step_backward`."""

from autograder.checks import change

change(
    "slope_of_the_old_state",
    "da = dnext * (1 - new**2)",
    "da = dnext * (1 - h**2)",
    say=(
        "Your slope of tanh is made of the old state. It is 1 minus the square of what *this* tanh "
        "gave, the new state."
    ),
    fails=("rnn_step_backward", "rnn_backward"),
)

change(
    "no_slope",
    "da = dnext * (1 - new**2)",
    "da = dnext",
    say="The slope of tanh is missing: multiply what comes back by 1 − h² of the new state.",
    fails=("rnn_step_backward", "rnn_backward"),
)

change(
    "slope_of_sigmoid",
    "da = dnext * (1 - new**2)",
    "da = dnext * new * (1 - new)",
    say="h (1 − h) is the slope of a sigmoid. That of tanh is 1 − h².",
    fails=("rnn_step_backward", "rnn_backward"),
)

change(
    "tanh_twice",
    "da = dnext * (1 - new**2)",
    "da = dnext * (1 - np.tanh(new) ** 2)",
    say=(
        "You take the tanh once more. `new` has gone through the tanh already: the slope is "
        "1 − new²."
    ),
    fails=("rnn_step_backward", "rnn_backward"),
)

change(
    "state_transposed",
    "return da @ w_xh, da @ w_hh, da.T @ x, da.T @ h",
    "return da @ w_xh, da @ w_hh.T, da.T @ x, da.T @ h",
    say=(
        "Your `dh` goes through the wrong side of `w_hh`. Forward a row of the batch was multiplied "
        "by its transpose; on the way back the matrix itself stands there."
    ),
    fails=("rnn_step_backward", "rnn_backward"),
)

change(
    "new_state_for_old",
    "return da @ w_xh, da @ w_hh, da.T @ x, da.T @ h",
    "return da @ w_xh, da @ w_hh, da.T @ x, da.T @ new",
    say=(
        "Your `dw_hh` is made with the new state. What W_hh was multiplied with was the *old* one."
    ),
    fails=("rnn_step_backward", "rnn_backward"),
)

change(
    "mean_over_the_batch",
    "return da @ w_xh, da @ w_hh, da.T @ x, da.T @ h",
    "return da @ w_xh, da @ w_hh, da.T @ x / len(x), da.T @ h / len(x)",
    say=(
        "You divide the gradients of the weights by the batch size. The examples' gradients are "
        "added; a mean belongs to the loss, and comes with `dnext`."
    ),
    fails=("rnn_step_backward", "rnn_backward"),
)

change(
    "state_gradient_transposed",
    "return da @ w_xh, da @ w_hh, da.T @ x, da.T @ h",
    "return da @ w_xh, da @ w_hh, da.T @ x, h.T @ da",
    say=(
        "Your `dw_hh` is transposed. As it is square, the shapes do not tell: its rows belong to "
        "the new state, its columns to the old one."
    ),
    fails=("rnn_step_backward", "rnn_backward"),
)

change(
    "in_place",
    """
    da = dnext * (1 - new**2)
    """,
    """
    dnext *= 1 - new**2
    da = dnext
    """,
    say=(
        "You change `dnext` itself, which others may still need. Make a new array of the product."
    ),
    hint="Work on a copy (`x = x.copy()`), or use operations that return a new array.",
)
