"""Answers computed in other ways, as floats."""

largest = {"macs": "conv2", "memory": "conv1", "parameters": "fc6"}
corrections = {
    "fc6_parameters": (6 * 6 * 256 + 1) * 4096.0,
    "first_neurons": ((227 - 11) / 4 + 1) ** 2 * 96,
    "zfnet_maps": 256.0,
    "removed_parameters": 60_965_224 - 59_268_712,
}
