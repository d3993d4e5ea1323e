"""Answers computed in other ways, as floats."""

largest = {"macs": "conv2", "memory": "conv1", "parameters": "fc6"}
corrections = {
    "fc6_parameters": (6 * 6 * 256 + 1) * 4096.0,
    "first_neurons": ((227 - 11) / 4 + 1) ** 2 * 96,
    "zfnet_maps": 256.0,
    "removed_parameters": 60_965_224 - 59_268_712,
}

norm_order = {"paper": 477_024.0, "slides": 69_984.0 + 43_264.0, "same": 0 > 1}

steps_of_an_epoch = 1_200_000 // 128


def halved(step):
    """Epochs until a weight of 1 has become 1/2."""
    theta, v, steps = 1.0, 0.0, 0
    while theta > 0.5:
        theta, v = step(theta, v)
        steps += 1
    return steps / steps_of_an_epoch


weight_decay = {
    "steps": steps_of_an_epoch,
    "pull": 0.00005,
    "half_life": halved(lambda theta, v: alexnet_step(theta, v, 0.0)),
    "half_life_direct": halved(lambda theta, v: (theta - 0.000005 * theta, v)),
}
