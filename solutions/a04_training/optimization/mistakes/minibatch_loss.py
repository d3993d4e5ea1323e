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
    loss = -np.mean(log_probabilities[rows, labels])
    d_scores = np.exp(log_probabilities)
    d_scores[rows, labels] -= 1
    d_scores /= len(labels)
    """,
    """
    logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    loss = -np.mean(logs[rows, labels])
    d_scores = probabilities.copy()
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
