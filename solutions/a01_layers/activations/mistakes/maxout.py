"""Mistakes in `maxout`."""

from autograder.checks import change, instead

change(
    "adds_the_pieces",
    'return np.max(np.einsum("ni,kiu->nku", x, w) + b, axis=1)',
    'return np.sum(np.einsum("ni,kiu->nku", x, w) + b, axis=1)',
    say="You add the pieces up, which gives one linear function again. Take the largest of them.",
)


@instead(
    "backward_bias_averaged",
    say=(
        "You average db over the batch. Every example moves the loss through the bias, so its "
        "gradients are added up."
    ),
)
def maxout_backward(dout, x, w, b):
    pieces = np.stack([x @ w[k] + b[k] for k in range(len(w))])
    won = pieces == pieces.max(axis=0)
    dpieces = won * dout
    dx = sum(dpieces[k] @ w[k].T for k in range(len(w)))
    dw = np.stack([x.T @ dpieces[k] for k in range(len(w))])
    return dx, dw, dpieces.mean(axis=1)


@instead(
    "backward_bias_of_all",
    say=(
        "Your db gives all pieces the whole of dout. The biases that lost did not move the output: "
        "use the same mask as for dw."
    ),
)
def maxout_backward(dout, x, w, b):
    pieces = np.stack([x @ w[k] + b[k] for k in range(len(w))])
    won = pieces == pieces.max(axis=0)
    dpieces = won * dout
    dx = sum(dpieces[k] @ w[k].T for k in range(len(w)))
    dw = np.stack([x.T @ dpieces[k] for k in range(len(w))])
    return dx, dw, np.stack([dout.sum(axis=0)] * len(w))


@instead(
    "backward_to_all_pieces",
    say=(
        "You send the gradient to all pieces. The output is the largest one alone, so only the "
        "winner of each unit and example gets a gradient."
    ),
)
def maxout_backward(dout, x, w, b):
    dx = sum(dout @ w[k].T for k in range(len(w)))
    dw = np.stack([x.T @ dout for _ in w])
    db = np.stack([dout.sum(axis=0) for _ in w])
    return dx, dw, db


change(
    "by_size",
    """
    return np.max(np.einsum("ni,kiu->nku", x, w) + b, axis=1)
    """,
    """
    pieces = np.einsum("ni,kiu->nku", x, w) + b
    winner = np.argmax(np.abs(pieces), axis=1)
    return np.take_along_axis(pieces, winner[:, np.newaxis, :], axis=1)[:, 0]
    """,
    say=(
        "You pick the piece with the largest absolute value. The maximum knows about signs: 1 "
        "beats -5."
    ),
)

change(
    "over_the_units",
    'return np.max(np.einsum("ni,kiu->nku", x, w) + b, axis=1)',
    'return np.max(np.einsum("ni,kiu->nku", x, w) + b, axis=2)',
    say=(
        "You take the largest over the units. Every unit competes with itself alone: the maximum "
        "runs over the pieces."
    ),
)

change(
    "without_bias",
    'return np.max(np.einsum("ni,kiu->nku", x, w) + b, axis=1)',
    'return np.max(np.einsum("ni,kiu->nku", x, w), axis=1)',
    say=(
        "Your linear functions have no bias. Add b to all the pieces before you look for the "
        "largest."
    ),
)

change(
    "smallest",
    "return np.max(np.einsum",
    "return np.min(np.einsum",
    say="You take the smallest of the pieces. Maxout passes on the largest.",
    inside="maxout",
)


change(
    "mean_of_the_pieces",
    "return np.max(np.einsum",
    "return np.mean(np.einsum",
    say=("You take the mean of the pieces, which is one linear function again. Take the largest."),
    inside="maxout",
)


change(
    "backward_without_bias",
    'pieces = np.einsum("ni,kiu->nku", x, w) + b',
    'pieces = np.einsum("ni,kiu->nku", x, w)',
    say=(
        "You look for the winner without the biases. The largest piece with its bias moved "
        "the output."
    ),
    inside="maxout_backward",
)


change(
    "backward_one_winner_for_the_batch",
    "winner = np.argmax(pieces, axis=1)",
    "winner = np.argmax(pieces.sum(axis=0, keepdims=True), axis=1)",
    say="You choose one winner for the whole batch. Each example and unit has its own.",
    inside="maxout_backward",
)


change(
    "backward_without_dout",
    "dpieces = won * dout[:, np.newaxis, :]",
    "dpieces = won * 1.0",
    say="You leave dout out. The winner gets what comes back, dout, and not 1.",
    inside="maxout_backward",
)


change(
    "backward_weights_averaged",
    'dw = np.einsum("nku,ni->kiu", dpieces, x)',
    'dw = np.einsum("nku,ni->kiu", dpieces, x) / len(x)',
    say=(
        "You average dw over the batch. Every example adds its share: the mean belongs to the loss."
    ),
    inside="maxout_backward",
)


change(
    "first_piece_only",
    'return np.max(np.einsum("ni,kiu->nku", x, w) + b, axis=1)',
    "return x @ w[0] + b[0]",
    say="You use the first piece only. All pieces are computed, and the largest is passed on.",
    inside="maxout",
)
