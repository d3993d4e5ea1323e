"""Weight by weight."""


def elastic_net(layers, l1, l2):
    penalty = 0.0
    for kernel, _bias in layers:
        for weight in kernel.flat:
            penalty += l1 * abs(weight) + l2 * weight * weight
    return penalty
