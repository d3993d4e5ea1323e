"""You gave each filter a bias for every input channel: a filter adds up all channels first and then
adds one bias, so it has K · K · C + 1 parameters."""

FAILS = ("lenet_parameters",)


lenet_parameters = {
    "conv1": 520,
    "pool1": 0,
    "conv2": 26000,
    "dense1": 1225500,
    "dense2": 5010,
    "total": 1257030,
}
