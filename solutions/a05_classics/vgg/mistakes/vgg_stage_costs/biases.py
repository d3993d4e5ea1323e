"""You count biases as weights. Leave them out here: K² · C · F."""

FAILS = ("vgg_stage_costs",)


def stage_costs(stages, input_shape=(224, 224, 3)):
    height, width, channels = input_shape
    found = []
    for entries in stages:
        cost = {"values": 0, "weights": 0, "macs": 0}
        for entry in entries:
            if entry == "LRN":
                continue
            kernel, filters = entry
            weights = kernel**2 * channels * filters
            cost["values"] += height * width * filters
            cost["weights"] += weights + filters
            cost["macs"] += height * width * weights
            channels = filters
        found.append(cost)
        height, width = height // 2, width // 2
    return found
