"""Mistakes in `learn_by_heart`."""

from autograder.checks import change

change(
    "targets_not_shifted",
    "targets = np.eye(V.shape[1])[letters[1:]]",
    "targets = np.eye(V.shape[1])[letters[:-1]]",
    say="Your targets are the inputs themselves. The target of a letter is the next one.",
)

change(
    "sum_of_losses",
    "losses.append(-np.mean(",
    "losses.append(-np.sum(",
    "dscores = (probabilities - targets) / len(targets)",
    "dscores = probabilities - targets",
    say="Your loss is the sum over the steps. Take the mean, in its gradient, too.",
)

change(
    "gradient_not_divided",
    "dscores = (probabilities - targets) / len(targets)",
    "dscores = probabilities - targets",
    say="Your loss is a mean over the steps, but its gradient is that of the sum.",
)

change(
    "target_forgotten_in_the_gradient",
    "dscores = (probabilities - targets) / len(targets)",
    "dscores = probabilities / len(targets)",
    say="The 1 at the target is missing in your gradient with respect to the scores.",
)

change(
    "uphill",
    "W, b, V = W - rate * dW, b - rate * db, V - rate * h[0].T @ dscores",
    "W, b, V = W + rate * dW, b + rate * db, V + rate * h[0].T @ dscores",
    say="You go along the gradient, where the loss grows. Subtract it.",
)

change(
    "readout_not_trained",
    "V - rate * h[0].T @ dscores",
    "V",
    say="You train the LSTM alone. V learns, too.",
)

change(
    "bias_not_trained",
    "W - rate * dW, b - rate * db,",
    "W - rate * dW, b,",
    say="Your bias stays as it was. It is trained like W and V.",
)

change(
    "loss_in_bits",
    "-np.mean(np.log(",
    "-np.mean(np.log2(",
    say="Your loss is in bits. Nats are asked for: the natural logarithm.",
)

change(
    "arrays_changed",
    "W, b, V = W - rate * dW, b - rate * db, V - rate * h[0].T @ dscores",
    "W[:], b[:], V[:] = W - rate * dW, b - rate * db, V - rate * h[0].T @ dscores",
    say="You change the arrays that you were given. Make new ones in each update.",
    hint=None,
)
