"""Lists of the full length, filled by index."""


def forward_pass(modules, x):
    z = [x] + [None] * len(modules)
    for i in range(len(modules)):
        z[i + 1] = modules[i].forward(z[i])
    return z


def backward_pass(modules, dout):
    n = len(modules)
    g = [None] * n + [dout]
    gw = [None] * n
    for i in range(n, 0, -1):
        g[i - 1], gw[i - 1] = modules[i - 1].backward(g[i])
    return g, gw
