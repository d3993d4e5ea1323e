"""Large scores overflow: e to the power of 1000 is infinite. Take the largest score of each row
away first; the probabilities stay the same."""

FAILS = ("linear_probe",)


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
