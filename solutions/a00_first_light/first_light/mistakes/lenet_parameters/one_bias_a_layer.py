"""You gave each layer a single bias: every filter and every unit has a bias of its own, so multiply
after you have added the 1."""

FAILS = ("lenet_parameters",)


lenet_parameters = {
    "conv1": 501,
    "pool1": 0,
    "conv2": 25001,
    "dense1": 1225001,
    "dense2": 5001,
    "total": 1255504,
}
