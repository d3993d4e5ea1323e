"""One layer after the other."""


def kernel_stack(kernel, depth, channels, height, width):
    found = {"receptive_field": 1, "weights": 0, "macs": 0, "relus": 0}
    for _ in range(depth):
        found["receptive_field"] += kernel - 1
        found["weights"] += kernel * kernel * channels * channels
        found["macs"] += kernel * kernel * channels * channels * height * width
        found["relus"] += 1
    return found
