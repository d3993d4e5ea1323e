"""You counted the filters of the second convolution as if they saw one channel: each of them has
5 · 5 weights for every one of the 20 channels that come in."""

FAILS = ("lenet_parameters",)


lenet_parameters = {
    "conv1": 520,
    "pool1": 0,
    "conv2": 1300,
    "dense1": 1225500,
    "dense2": 5010,
    "total": 1232330,
}
