"""Every convolution of yours sees the maps of the image. After a convolution there are as many
maps as it has filters.
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
        found.append(cost)
        height, width = height // 2, width // 2
    return found
