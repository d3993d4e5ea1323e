"""You left out the biases: every filter and every unit has one, so add 1 to the weights of each
before you multiply."""

FAILS = ("lenet_parameters",)


lenet_parameters = {
    "conv1": 500,
    "pool1": 0,
    "conv2": 25000,
    "dense1": 1225000,
    "dense2": 5000,
    "total": 1255500,
}
