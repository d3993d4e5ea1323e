"""You run the backward modules in the order of the forward pass. The gradient arrives at the last
module first: go through `reversed(modules)`.
"""

FAILS = ("sequence_gradients", "one_step")


def backward_pass(modules, dout):
    gradients, weight_gradients = [dout], []
    for module in modules:
        dz, dweights = module.backward(gradients[-1])
        gradients.append(dz)
        weight_gradients.append(dweights)
    return gradients[::-1], weight_gradients
