"""The sign as a difference of two comparisons; the answer as a list."""


def elastic_net_gradient(kernel, bias, l1, l2):
    signs = (kernel > 0).astype(float) - (kernel < 0)
    return [l1 * signs + l2 * (kernel + kernel), 0 * bias]
