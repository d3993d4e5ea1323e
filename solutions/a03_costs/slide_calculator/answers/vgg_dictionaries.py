"""Writes the dictionaries out, without the helpers."""


def vgg(stages, hidden=4096, classes=1000):
    layers = []
    for s in range(len(stages)):
        for i in range(len(stages[s])):
            small = stages[s][i] < 0
            layers.append(
                {
                    "kind": "conv",
                    "name": "conv" + str(s + 1) + "_" + str(i + 1),
                    "filters": -stages[s][i] if small else stages[s][i],
                    "kernel": 1 if small else 3,
                    "stride": 1,
                    "padding": 0 if small else 1,
                    "groups": 1,
                    "bias": True,
                }
            )
        layers.append(pool("pool" + str(s + 1), kernel=2, stride=2))
    for name, units in zip(["FC6", "FC7", "FC8"], [hidden, hidden, classes], strict=True):
        layers.append({"kind": "dense", "name": name, "units": units, "bias": True})
    return layers
