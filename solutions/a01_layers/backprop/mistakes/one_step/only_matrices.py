"""Your biases never change. Each dictionary of gradients has an entry for every weight of its
module, `b` as well as `w`.
"""

FAILS = ("one_step",)


def training_step(modules, loss_function, images, labels, learning_rate):
    scores = forward_pass(modules, images)[-1]
    loss, dscores = loss_function(scores, labels)
    _, weight_gradients = backward_pass(modules, dscores)
    for module, gradients in zip(modules, weight_gradients, strict=True):
        if "w" in gradients:
            module.weights["w"] -= learning_rate * gradients["w"]
    return loss
