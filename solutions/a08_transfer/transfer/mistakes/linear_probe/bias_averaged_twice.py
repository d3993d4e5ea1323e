"""You divide the gradient of the bias by the number of examples twice. The error has been divided
already: take its sum."""

FAILS = ("linear_probe",)


def linear_probe(features, labels, classes, steps=300, learning_rate=1.0):
    kernel, bias = np.zeros((features.shape[1], classes)), np.zeros(classes)
    targets = np.eye(classes)[labels]
    for _ in range(steps):
        scores = features @ kernel + bias
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        error = (powers / powers.sum(axis=1, keepdims=True) - targets) / len(features)
        kernel -= learning_rate * features.T @ error
        bias -= learning_rate * error.mean(axis=0)
    return kernel, bias
