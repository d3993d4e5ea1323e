"""Mistakes in `linear_backward`."""

from autograder.checks import change, instead

change(
    "bias_mean",
    "return dout @ w.T, x.T @ dout, dout.sum(axis=0)",
    "return dout @ w.T, x.T @ dout, dout.mean(axis=0)",
    say=(
        "You take the mean of `dout` over the batch for `db`. The gradient adds up what each "
        "example contributes; the division by the batch size belongs to the loss and is done there "
        "already."
    ),
    fails=("linear_backward", "one_step"),
)

change(
    "bias_not_summed",
    "return dout @ w.T, x.T @ dout, dout.sum(axis=0)",
    "return dout @ w.T, x.T @ dout, dout",
    say=(
        "Your `db` still has a row for each example of the batch. All examples share one bias, so "
        "their gradients are added: sum over axis 0."
    ),
    fails=("linear_backward", "one_step"),
)


@instead(
    "by_tape",
    say=(
        "Your gradient comes from a tape that differentiates for you. Write the three matrix "
        "products yourself: they are what such a tape runs."
    ),
    fails=("linear_backward", "one_step"),
    hint=None,
)
def linear_backward(dout, x, w):
    import tensorflow as tf

    x, w, b = tf.constant(x), tf.constant(w), tf.zeros(w.shape[1], tf.float64)
    with tf.GradientTape() as tape:
        tape.watch((x, w, b))
        z = tf.reduce_sum((x @ w + b) * dout)
    return tuple(np.asarray(gradient) for gradient in tape.gradient(z, (x, w, b)))


change(
    "input_from_x",
    """
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)
    """,
    """
    dw = x.T @ dout
    return dout @ dw.T, dw, dout.sum(axis=0)
    """,
    say=(
        "Your `dx` is computed from `x`, but the slope of x w in x is w. Multiply `dout` by the "
        "transposed weights: dout @ w.T."
    ),
    fails=("linear_backward", "one_step"),
)

change(
    "weights_mean",
    "return dout @ w.T, x.T @ dout, dout.sum(axis=0)",
    "return dout @ w.T, x.T @ dout / len(x), dout.sum(axis=0)",
    say=(
        "You divide `dw` by the batch size. The mean over the batch is taken once, in the loss, "
        "and comes with `dout`; here you only add."
    ),
    fails=("linear_backward", "one_step"),
)

change(
    "weights_transposed",
    "return dout @ w.T, x.T @ dout, dout.sum(axis=0)",
    "return dout @ w.T, dout.T @ x, dout.sum(axis=0)",
    say=(
        "Your `dw` is transposed: it has (outputs, inputs), and `w` has (inputs, outputs). Write "
        "x.T @ dout, with the inputs first."
    ),
    fails=("linear_backward", "one_step"),
)

change(
    "input_not_transposed",
    "return dout @ w.T, x.T @ dout, dout.sum(axis=0)",
    "return (w @ dout.T), x.T @ dout, dout.sum(axis=0)",
    say=(
        "Your `dx` is transposed: it has (inputs, batch), and `x` has (batch, inputs). Write "
        "dout @ w.T, with the batch first."
    ),
    fails=("linear_backward", "one_step"),
)


change(
    "bias_over_outputs",
    "return dout @ w.T, x.T @ dout, dout.sum(axis=0)",
    "return dout @ w.T, x.T @ dout, dout.sum(axis=1)",
    say=(
        "You add up `dout` over the outputs for `db`. Each output has its own bias, and all "
        "examples share it: sum over axis 0, the batch."
    ),
    fails=("linear_backward", "one_step"),
)


change(
    "bias_keeps_dims",
    "return dout @ w.T, x.T @ dout, dout.sum(axis=0)",
    "return dout @ w.T, x.T @ dout, dout.sum(axis=0, keepdims=True)",
    say=(
        "Your `db` has the shape (1, outputs), and the bias has (outputs,). Leave out `keepdims`."
    ),
    fails=("linear_backward", "one_step"),
)


change(
    "bias_one_number",
    "return dout @ w.T, x.T @ dout, dout.sum(axis=0)",
    "return dout @ w.T, x.T @ dout, dout.sum()",
    say=(
        "Your `db` is one number. Each output has a bias of its own: sum over the batch only, "
        "axis 0."
    ),
    fails=("linear_backward", "one_step"),
)


change(
    "bias_ones",
    "return dout @ w.T, x.T @ dout, dout.sum(axis=0)",
    "return dout @ w.T, x.T @ dout, np.ones(w.shape[1])",
    say=(
        "Your `db` is 1 everywhere, the slope alone. Multiply by what comes back: the sum of "
        "`dout` over the batch."
    ),
    fails=("linear_backward", "one_step"),
)


change(
    "weights_first",
    "return dout @ w.T, x.T @ dout, dout.sum(axis=0)",
    "return x.T @ dout, dout @ w.T, dout.sum(axis=0)",
    say="You return `dw` first. The order is `dx`, `dw`, `db`.",
    fails=("linear_backward", "one_step"),
)


change(
    "not_transposed",
    "return dout @ w.T, x.T @ dout, dout.sum(axis=0)",
    "return dout @ w, x.T @ dout, dout.sum(axis=0)",
    say=(
        "The shapes do not fit: `dout` has (batch, outputs) and `w` (inputs, outputs). "
        "Transpose `w` for `dx`: dout @ w.T."
    ),
    fails=("linear_backward", "one_step"),
)


change(
    "weights_not_transposed",
    "return dout @ w.T, x.T @ dout, dout.sum(axis=0)",
    "return dout @ w.T, x @ dout, dout.sum(axis=0)",
    say=(
        "The shapes do not fit: `x` has (batch, inputs) and `dout` (batch, outputs). "
        "Transpose `x` for `dw`: x.T @ dout."
    ),
    fails=("linear_backward", "one_step"),
)


change(
    "input_mean",
    "return dout @ w.T, x.T @ dout, dout.sum(axis=0)",
    "return dout @ w.T / len(x), x.T @ dout / len(x), dout.sum(axis=0) / len(x)",
    say=(
        "You divide by the batch size. The mean over the batch is taken once, in the loss, "
        "and comes with `dout`; here you only add."
    ),
    fails=("linear_backward", "one_step"),
)


change(
    "two_divided",
    "return dout @ w.T, x.T @ dout, dout.sum(axis=0)",
    "return dout @ w.T, x.T @ dout / len(x), dout.mean(axis=0)",
    say=(
        "You divide `dw` and `db` by the batch size. The mean over the batch is taken once, "
        "in the loss, and comes with `dout`; here you only add."
    ),
    fails=("linear_backward", "one_step"),
)


change(
    "input_from_the_last_output",
    "return dout @ w.T, x.T @ dout, dout.sum(axis=0)",
    "return dout[:, -1:] @ w[:, -1:].T, x.T @ dout, dout.sum(axis=0)",
    say=(
        "Of all outputs only the last one counts in your `dx`: in a loop, `=` overwrites what the "
        "ones before it gave. Every output adds its share: use +=."
    ),
    fails=("linear_backward", "one_step"),
)

change(
    "weights_from_the_last_example",
    "return dout @ w.T, x.T @ dout, dout.sum(axis=0)",
    "return dout @ w.T, x[-1:].T @ dout[-1:], dout.sum(axis=0)",
    say=(
        "Of all examples only the last one counts in your `dw`: in a loop, `=` overwrites what the "
        "ones before it gave. Every example adds its share: use +=."
    ),
    fails=("linear_backward", "one_step"),
)
