"""You return the loss *after* the step, with the new weights. Return the one that you had before:
it costs no second forward pass.
"""

FAILS = ("one_step",)


def training_step(modules, loss_function, images, labels, learning_rate):
    scores = forward_pass(modules, images)[-1]
    _, dscores = loss_function(scores, labels)
    _, weight_gradients = backward_pass(modules, dscores)
    for module, gradients in zip(modules, weight_gradients, strict=True):
        for name, gradient in gradients.items():
            module.weights[name] -= learning_rate * gradient
    return loss_function(forward_pass(modules, images)[-1], labels)[0]
