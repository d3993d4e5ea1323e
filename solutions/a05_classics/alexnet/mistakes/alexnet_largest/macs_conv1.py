"""You took `conv1` for the layer with the most multiply-adds. It has the most outputs, but each of
them costs only 3 · 11 · 11 = 363; one of `conv2` costs 64 · 5 · 5 = 1600."""

FAILS = ("alexnet_largest",)

largest = {"memory": "conv1", "parameters": "fc6", "macs": "conv1"}
