"""You took a convolution for the layer with the most parameters. A filter is shared by all pixels,
so `conv4` has 0.9 million; `fc6` connects 9216 inputs with 4096 units, each pair by a weight of
its own."""

FAILS = ("alexnet_largest",)

largest = {"memory": "conv1", "parameters": "conv4", "macs": "conv2"}
