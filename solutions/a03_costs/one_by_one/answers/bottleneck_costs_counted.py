"""The models are built and counted by the course library, without a weight."""

import keras

from course_lib import costs


def bottleneck_costs(height, width, channels, filters, kernel, narrow):
    def count(*layers):
        model = [keras.Input((height, width, channels))]
        model += [keras.layers.Conv2D(maps, side, padding="same") for maps, side in layers]
        table = costs.count(lambda: keras.Sequential(model))
        return {"parameters": table.parameters, "macs": table.macs}

    return {
        "direct": count((filters, kernel)),
        "bottleneck": count((narrow, 1), (narrow, kernel), (filters, 1)),
    }
