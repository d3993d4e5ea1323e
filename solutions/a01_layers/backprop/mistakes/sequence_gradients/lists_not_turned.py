"""Your lists come in the order of the way back, last module first. Turn both of them round
(`[::-1]`) before you return them, so that entry i belongs to z_i and w_i.
"""

FAILS = ("sequence_gradients", "one_step")


def backward_pass(modules, dout):
    gradients, weight_gradients = [dout], []
    for module in reversed(modules):
        dz, dweights = module.backward(gradients[-1])
        gradients.append(dz)
        weight_gradients.append(dweights)
    return gradients, weight_gradients
