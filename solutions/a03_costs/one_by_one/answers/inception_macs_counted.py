"""Counted on models, branch by branch."""

import keras

from course_lib import costs


def inception_macs(height, width, channels, filters, reduction=None):
    def branch(*layers):
        if not layers:
            return 0
        model = [keras.Input((height, width, channels))]
        model += [keras.layers.Conv2D(maps, side, padding="same") for maps, side in layers]
        return costs.count(lambda: keras.Sequential(model)).macs

    reduce = [] if reduction is None else [(reduction, 1)]
    macs = {
        "pool": branch(*reduce),
        "5x5": branch(*reduce, (filters[2], 5)),
        "3x3": branch(*reduce, (filters[1], 3)),
        "1x1": branch((filters[0], 1)),
    }
    macs["total"] = sum(macs.values())
    return macs
