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
