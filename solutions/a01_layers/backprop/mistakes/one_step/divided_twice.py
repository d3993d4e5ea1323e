"""You divide the gradient by the batch size, but the loss function has taken the mean already.
Divide once only.
"""

FAILS = ("one_step",)


def training_step(modules, loss_function, images, labels, learning_rate):
    scores = forward_pass(modules, images)[-1]
    loss, dscores = loss_function(scores, labels)
    _, weight_gradients = backward_pass(modules, dscores)
    for module, gradients in zip(modules, weight_gradients, strict=True):
        for name, gradient in gradients.items():
            module.weights[name] -= learning_rate * gradient / len(images)
    return loss
