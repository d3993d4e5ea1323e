"""You gave the pooling layer weights: it only takes the largest of four values, so there is nothing
to learn and it has no parameter."""

FAILS = ("lenet_parameters",)


lenet_parameters = {
    "conv1": 520,
    "pool1": 100,
    "conv2": 25050,
    "dense1": 1225500,
    "dense2": 5010,
    "total": 1256180,
}
