"""Mistakes in `linear_probe`."""

from autograder.checks import change, instead

change(
    "ascent",
    """
    features = np.asarray(features, float)
    kernel, bias = np.zeros((features.shape[1], classes)), np.zeros(classes)
    """,
    """
    kernel, bias = np.zeros((features.shape[1], classes)), np.zeros(classes)
    """,
    """
    kernel -= learning_rate * features.T @ error
    bias -= learning_rate * error.sum(axis=0)
    """,
    """
    kernel += learning_rate * features.T @ error
    bias += learning_rate * error.sum(axis=0)
    """,
    say="You go uphill: the gradient is added. Take it away.",
)

change(
    "bias_averaged_twice",
    """
    features = np.asarray(features, float)
    kernel, bias = np.zeros((features.shape[1], classes)), np.zeros(classes)
    """,
    """
    kernel, bias = np.zeros((features.shape[1], classes)), np.zeros(classes)
    """,
    "bias -= learning_rate * error.sum(axis=0)",
    "bias -= learning_rate * error.mean(axis=0)",
    say=(
        "You divide the gradient of the bias by the number of examples twice. The error has been "
        "divided already: take its sum."
    ),
)

change(
    "bias_fixed",
    """
    features = np.asarray(features, float)
    kernel, bias = np.zeros((features.shape[1], classes)), np.zeros(classes)
    """,
    """
    kernel, bias = np.zeros((features.shape[1], classes)), np.zeros(classes)
    """,
    """
    kernel -= learning_rate * features.T @ error
    bias -= learning_rate * error.sum(axis=0)
    """,
    """
    kernel -= learning_rate * features.T @ error
    """,
    say="Your bias stays zero. It has a gradient, too: the mean of the rows of P − Y.",
)

change(
    "classes_that_occur",
    "features = np.asarray(features, float)",
    "classes = int(labels.max()) + 1",
    say=(
        "You make room only for the classes that occur among the labels. The argument `classes` "
        "says how many there are."
    ),
)


@instead(
    "overflow",
    say=(
        "Large scores overflow: e to the power of 1000 is infinite. Take the largest score of each "
        "row away first; the probabilities stay the same."
    ),
)
def linear_probe(features, labels, classes, steps=300, learning_rate=1.0):
    kernel, bias = np.zeros((features.shape[1], classes)), np.zeros(classes)
    targets = np.eye(classes)[labels]
    for _ in range(steps):
        with np.errstate(all="ignore"):
            powers = np.exp(features @ kernel + bias)
            error = (powers / powers.sum(axis=1, keepdims=True) - targets) / len(features)
            kernel -= learning_rate * features.T @ error
            bias -= learning_rate * error.sum(axis=0)
    return kernel, bias


change(
    "scores_for_probabilities",
    """
    features = np.asarray(features, float)
    kernel, bias = np.zeros((features.shape[1], classes)), np.zeros(classes)
    """,
    """
    kernel, bias = np.zeros((features.shape[1], classes)), np.zeros(classes)
    """,
    """
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    error = (powers / powers.sum(axis=1, keepdims=True) - targets) / len(features)
    """,
    """
    error = (scores - targets) / len(features)
    """,
    say=(
        "You compare the scores with the targets, which is the gradient of a squared error. Turn "
        "the scores into probabilities first."
    ),
)

change(
    "softmax_over_examples",
    """
    features = np.asarray(features, float)
    kernel, bias = np.zeros((features.shape[1], classes)), np.zeros(classes)
    """,
    """
    kernel, bias = np.zeros((features.shape[1], classes)), np.zeros(classes)
    """,
    """
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    error = (powers / powers.sum(axis=1, keepdims=True) - targets) / len(features)
    """,
    """
    powers = np.exp(scores - scores.max(axis=0, keepdims=True))
    error = (powers / powers.sum(axis=0, keepdims=True) - targets) / len(features)
    """,
    say=(
        "You take the softmax over the examples. The probabilities of one image, over its classes, "
        "add up to 1."
    ),
)

change(
    "sum_of_losses",
    """
    features = np.asarray(features, float)
    kernel, bias = np.zeros((features.shape[1], classes)), np.zeros(classes)
    """,
    """
    kernel, bias = np.zeros((features.shape[1], classes)), np.zeros(classes)
    """,
    "error = (powers / powers.sum(axis=1, keepdims=True) - targets) / len(features)",
    "error = powers / powers.sum(axis=1, keepdims=True) - targets",
    say=(
        "You descend the sum of the losses. The loss is the mean over the examples: divide by "
        "their number."
    ),
)

change(
    "one_step_only",
    "for _ in range(steps):",
    "for _ in range(1):",
    say="You make one step, whatever `steps` says.",
)


change(
    "one_step_short",
    "for _ in range(steps):",
    "for _ in range(steps - 1):",
    say="You make one step too few. `range(steps)` has `steps` numbers already.",
)


change(
    "rate_forgotten",
    "kernel -= learning_rate * features.T @ error",
    "kernel -= features.T @ error",
    "bias -= learning_rate * error.sum(axis=0)",
    "bias -= error.sum(axis=0)",
    say="Your steps are the whole gradient. Multiply it by the learning rate.",
)


change(
    "averaged_over_the_entries",
    "- targets) / len(features)",
    "- targets) / targets.size",
    say=(
        "You divide by the number of entries, examples × classes. The loss is the mean over "
        "the examples."
    ),
)


change(
    "new_kernel_for_the_bias",
    "scores = features @ kernel + bias",
    "scores = features @ kernel",
    say="Your scores leave out the bias: S = F W + b.",
)


change(
    "bias_after_the_kernel",
    "bias -= learning_rate * error.sum(axis=0)",
    """
    scores = features @ kernel + bias
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    error = (powers / powers.sum(axis=1, keepdims=True) - targets) / len(features)
    bias -= learning_rate * error.sum(axis=0)
    """,
    say=(
        "You compute the gradient of the bias with the kernel that has moved already. One step uses "
        "one gradient: compute both, then change both."
    ),
)


change(
    "bias_gradient_summed",
    "bias -= learning_rate * error.sum(axis=0)",
    "bias -= learning_rate * error.sum(axis=0) * len(features)",
    say=(
        "You do not divide the gradient of the bias by the number of examples. The loss is a mean, "
        "so both gradients have the factor 1 / N."
    ),
)
