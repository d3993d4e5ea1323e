"""Mistakes in `ensemble_probabilities`."""

from autograder.checks import change

change(
    "added",
    "return np.mean(powers / powers.sum(axis=-1, keepdims=True), axis=0)",
    "return np.sum(powers / powers.sum(axis=-1, keepdims=True), axis=0)",
    say=(
        "You add the probabilities without dividing by the number of networks. The rows must add "
        "up to 1: use the mean."
    ),
)

change(
    "geometric",
    """
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.mean(powers / powers.sum(axis=-1, keepdims=True), axis=0)
    """,
    """
    shifted = scores - scores.max(axis=-1, keepdims=True)
    logarithms = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return np.exp(logarithms.mean(axis=0))
    """,
    say=(
        "You average the logarithms of the probabilities, which is a geometric mean. Average the "
        "probabilities themselves."
    ),
)

change(
    "over_the_batch",
    """
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.mean(powers / powers.sum(axis=-1, keepdims=True), axis=0)
    """,
    """
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.mean(powers / powers.sum(axis=1, keepdims=True), axis=0)
    """,
    say=(
        "Your softmax runs along the batch. The classes are the last axis, and each row must add "
        "up to 1."
    ),
)

change(
    "overflow",
    """
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.mean(powers / powers.sum(axis=-1, keepdims=True), axis=0)
    """,
    """
    with np.errstate(all="ignore"):
        powers = np.exp(scores)
        return np.mean(powers / powers.sum(axis=-1, keepdims=True), axis=0)
    """,
    say=(
        "Your exponentials overflow, and infinity divided by infinity is NaN. Subtract the largest "
        "score of each row first; the probabilities stay the same."
    ),
)

change(
    "scores_averaged",
    """
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.mean(powers / powers.sum(axis=-1, keepdims=True), axis=0)
    """,
    """
    mean = scores.mean(axis=0)
    powers = np.exp(mean - mean.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
    """,
    say=(
        "You average the scores and take the softmax once. A network with large scores then "
        "outvotes the others: take the softmax of each network first."
    ),
)

change(
    "vote",
    """
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.mean(powers / powers.sum(axis=-1, keepdims=True), axis=0)
    """,
    """
    votes = scores.argmax(axis=-1)[..., np.newaxis] == np.arange(scores.shape[-1])
    return votes.mean(axis=0)
    """,
    say=(
        "You let each network vote for one class. An ensemble averages the probabilities, so that "
        "a network that is unsure counts less."
    ),
)

change(
    "no_softmax",
    "return np.mean(powers / powers.sum(axis=-1, keepdims=True), axis=0)",
    "return np.mean(scores, axis=0)",
    say=(
        "You average the scores as they are. Turn each network's scores into probabilities "
        "first: softmax."
    ),
)


change(
    "mean_of_the_powers",
    """
    return np.mean(powers / powers.sum(axis=-1, keepdims=True), axis=0)
    """,
    """
    mean = np.mean(powers, axis=0)
    return mean / mean.sum(axis=-1, keepdims=True)
    """,
    say=(
        "You average the exponentials and divide afterwards. Each network's probabilities add "
        "up to 1 first; then they are averaged."
    ),
)


change(
    "over_the_networks",
    "powers / powers.sum(axis=-1, keepdims=True)",
    "powers / powers.sum(axis=0, keepdims=True)",
    say="Your softmax runs along the networks. The classes are the last axis.",
)


change(
    "over_the_batch_averaged",
    "keepdims=True), axis=0)",
    "keepdims=True), axis=1)",
    say="You average over the batch. The networks are the first axis.",
)
