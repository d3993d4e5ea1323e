"""Mistakes in `minibatch_loss`."""

from autograder.checks import change, instead


@instead(
    "base_two",
    say=(
        "You take the logarithm to base 2. The loss is measured with the natural logarithm, "
        "`np.log`, and so is the log C that you expect at the start."
    ),
)
def minibatch_loss(weights, bias, images, labels):
    scores = images @ weights + bias
    scores = scores - scores.max(axis=1, keepdims=True)
    probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    rows = np.arange(len(labels))
    logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    loss = -np.mean(logs[rows, labels]) / np.log(2)
    d_scores = probabilities.copy()
    d_scores[rows, labels] -= 1
    d_scores = d_scores / len(labels)
    return loss, images.T @ d_scores, d_scores.sum(axis=0)


change(
    "gradient_summed",
    """
    d_scores[rows, labels] -= 1
    d_scores /= len(labels)
    """,
    """
    d_scores[rows, labels] -= 1
    """,
    say=(
        "Your loss is a mean, but your gradients are sums over the images. Divide `p - e_y` by the "
        "number of images too."
    ),
)


@instead(
    "gradient_uphill",
    say=(
        "Your gradients have the wrong sign: e_y - p is the direction down. The gradient points "
        "uphill, p - e_y; the minus sign belongs to the step."
    ),
)
def minibatch_loss(weights, bias, images, labels):
    scores = images @ weights + bias
    scores = scores - scores.max(axis=1, keepdims=True)
    probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    rows = np.arange(len(labels))
    logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    loss = -np.mean(logs[rows, labels])
    d_scores = probabilities.copy()
    d_scores[rows, labels] -= 1
    d_scores = -d_scores / len(labels)
    return loss, images.T @ d_scores, d_scores.sum(axis=0)


@instead(
    "over_all_classes",
    say=(
        "You average over all entries of the scores, classes included. Take one logarithm for each "
        "image, that of its true class, and divide by the number of images only."
    ),
)
def minibatch_loss(weights, bias, images, labels):
    scores = images @ weights + bias
    scores = scores - scores.max(axis=1, keepdims=True)
    probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    rows = np.arange(len(labels))
    logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    loss = -np.sum(logs[rows, labels]) / logs.size
    d_scores = probabilities.copy()
    d_scores[rows, labels] -= 1
    d_scores = d_scores / d_scores.size
    return loss, images.T @ d_scores, d_scores.sum(axis=0)


@instead(
    "overflow",
    say=(
        "You take the exponential of the raw scores, which is infinite beyond about 700. Subtract "
        "the largest score of each image first; the probabilities stay the same."
    ),
)
def minibatch_loss(weights, bias, images, labels):
    scores = images @ weights + bias
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        exponentials = np.exp(scores)
        probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
        rows = np.arange(len(labels))
        loss = -np.mean(np.log(probabilities[rows, labels]))
        d_scores = probabilities.copy()
        d_scores[rows, labels] -= 1
        d_scores = d_scores / len(labels)
        return loss, images.T @ d_scores, d_scores.sum(axis=0)


change(
    "summed",
    "loss = -np.mean(log_probabilities[rows, labels])",
    "loss = -np.sum(log_probabilities[rows, labels])",
    """
    d_scores /= len(labels)
    """,
    "",
    say=(
        "You add up where the slide takes the mean. Divide the loss and the gradients by the "
        "number of images, or the learning rate will depend on the batch size."
    ),
)

change(
    "true_class_not_subtracted",
    """
    d_scores[rows, labels] -= 1
    """,
    "",
    say=(
        "Your gradient of the scores is p alone. Subtract 1 at the true class of every image: p - "
        "e_y."
    ),
)

change(
    "no_softmax",
    "log_probabilities = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))",
    "log_probabilities = scores",
    say=(
        "You leave out the logarithm of the sum. Softmax divides by the sum of all "
        "exponentials of an image: log p is the score minus the logarithm of that sum."
    ),
)


change(
    "over_the_batch",
    "np.exp(scores).sum(axis=1, keepdims=True)",
    "np.exp(scores).sum(axis=0, keepdims=True)",
    say=(
        "Your softmax adds up over the batch. The classes of *one image* compete with each "
        "other: sum over axis 1."
    ),
)


change(
    "loss_over_the_entries",
    "loss = -np.mean(log_probabilities[rows, labels])",
    "loss = -np.sum(log_probabilities[rows, labels]) / scores.size",
    say=(
        "You take the mean over all entries, the zeros of the one-hot labels included. Divide "
        "by the number of images only, not by images × classes."
    ),
)


change(
    "gradient_over_the_entries",
    "d_scores /= len(labels)",
    "d_scores /= d_scores.size",
    say=(
        "You divide the gradient by the number of entries, images × classes. The loss is the "
        "mean over the images: divide by their number only."
    ),
)


change(
    "loss_summed",
    "loss = -np.mean(log_probabilities[rows, labels])",
    "loss = -np.sum(log_probabilities[rows, labels])",
    say=(
        "Your loss is the sum over the batch, but your gradients are those of the mean. "
        "Divide the loss by the number of images too."
    ),
)


change(
    "loss_sign",
    "loss = -np.mean(",
    "loss = np.mean(",
    say=(
        "Your loss is negative: the minus sign is missing. The logarithm of a probability is "
        "at most 0."
    ),
)


change(
    "bias_mean",
    "d_scores.sum(axis=0)",
    "d_scores.mean(axis=0)",
    say=(
        "You average the gradient of the bias. The mean over the batch is in `d_scores` "
        "already: add up."
    ),
)


change(
    "bias_forgotten",
    "scores = images @ weights + bias",
    "scores = images @ weights",
    say="Your scores have no bias: x W + b.",
)


change(
    "column_for_all",
    "d_scores[rows, labels] -= 1",
    "d_scores[:, labels] -= 1",
    say=(
        "You subtract 1 from the label's column in *every* row. Each image has a label of its "
        "own: d_scores[np.arange(len(labels)), labels] -= 1."
    ),
)


change(
    "weights_transposed",
    "images.T @ d_scores",
    "d_scores.T @ images",
    say=(
        "Your `d_weights` is transposed: it has the shape of `weights`, (features, classes). "
        "Write images.T @ d_scores."
    ),
)


change(
    "subtracted_after_the_division",
    """
    d_scores[rows, labels] -= 1
    d_scores /= len(labels)
    """,
    """
    d_scores /= len(labels)
    d_scores[rows, labels] -= 1
    """,
    say=(
        "You divide by the number of images before you subtract 1. The 1 is divided, too: "
        "subtract first."
    ),
)


change(
    "largest_of_all",
    "scores - scores.max(axis=1, keepdims=True)",
    "scores - scores.max()",
    say=(
        "You subtract the largest score of the whole batch. Where the scores of an image lie "
        "far below it, all its exponentials are 0: subtract each image's own largest one."
    ),
)


change(
    "overflow_before_the_logarithm",
    "scores = scores - scores.max(axis=1, keepdims=True)",
    "rows = np.arange(len(labels))",
    say=(
        "You take the exponential of the raw scores, which is infinite beyond about 700, and so is "
        "the logarithm of the sum. Subtract the largest score of each image first."
    ),
)
