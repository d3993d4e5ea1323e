"""The modules called one by one, and each weight changed on the way back."""


def training_step(modules, loss_function, images, labels, learning_rate):
    z = images
    for module in modules:
        z = module.forward(z)
    loss, g = loss_function(z, labels)
    for module in modules[::-1]:
        g, gradients = module.backward(g)
        module.weights.update(
            {name: module.weights[name] - learning_rate * gradients[name] for name in gradients}
        )
    return float(loss)
