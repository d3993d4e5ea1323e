"""Recursion: the first module, then the rest of the chain."""


def forward_pass(modules, x):
    if not modules:
        return [x]
    return [x, *forward_pass(modules[1:], modules[0].forward(x))]


def backward_pass(modules, dout):
    if not modules:
        return [dout], []
    gradients, weight_gradients = backward_pass(modules[1:], dout)
    dz, dweights = modules[0].backward(gradients[0])
    return [dz, *gradients], [dweights, *weight_gradients]
