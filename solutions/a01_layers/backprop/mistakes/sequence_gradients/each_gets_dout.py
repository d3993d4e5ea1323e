"""You hand the same `dout` to every module. Each module needs what the module behind it gave back,
g(z_i), and not g(z_n).
"""

FAILS = ("sequence_gradients", "one_step")


def backward_pass(modules, dout):
    gradients, weight_gradients = [dout], []
    for module in reversed(modules):
        dz, dweights = module.backward(dout)
        gradients.append(dz)
        weight_gradients.append(dweights)
    return gradients[::-1], weight_gradients[::-1]
