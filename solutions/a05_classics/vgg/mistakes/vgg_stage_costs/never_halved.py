"""Your maps stay as large as the image. Every stage ends with a pooling that halves both
sides.
"""

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
            cost["weights"] += weights
            cost["macs"] += height * width * weights
            channels = filters
        found.append(cost)
    return found
