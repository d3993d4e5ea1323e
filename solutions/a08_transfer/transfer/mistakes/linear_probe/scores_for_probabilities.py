"""You compare the scores with the targets, which is the gradient of a squared error. Turn the
scores into probabilities first."""

FAILS = ("linear_probe",)


def linear_probe(features, labels, classes, steps=300, learning_rate=1.0):
    kernel, bias = np.zeros((features.shape[1], classes)), np.zeros(classes)
    targets = np.eye(classes)[labels]
    for _ in range(steps):
        scores = features @ kernel + bias
        error = (scores - targets) / len(features)
        kernel -= learning_rate * features.T @ error
        bias -= learning_rate * error.sum(axis=0)
    return kernel, bias
