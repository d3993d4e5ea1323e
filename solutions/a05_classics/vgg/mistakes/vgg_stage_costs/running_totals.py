"""Your costs grow from stage to stage. Each stage has a cost of its own: begin at zero again."""

FAILS = ("vgg_stage_costs",)


def stage_costs(stages, input_shape=(224, 224, 3)):
    height, width, channels = input_shape
    found = []
    cost = {"values": 0, "weights": 0, "macs": 0}
    for entries in stages:
        for entry in entries:
            if entry == "LRN":
                continue
            kernel, filters = entry
            weights = kernel**2 * channels * filters
            cost["values"] += height * width * filters
            cost["weights"] += weights
            cost["macs"] += height * width * weights
            channels = filters
        found.append(dict(cost))
        height, width = height // 2, width // 2
    return found
