"""You took `fc6` for the layer with the most multiply-adds. Each of its weights is used once for
an image, while those of a convolution are used at every pixel."""

FAILS = ("alexnet_largest",)

largest = {"memory": "conv1", "parameters": "fc6", "macs": "fc6"}
