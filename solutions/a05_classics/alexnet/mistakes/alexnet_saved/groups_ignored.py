"""You count on two GPUs whatever `groups` says. Pass it on to both networks."""

from course_lib import costs

FAILS = ("alexnet_saved",)


def parameters_saved(without, groups=2):
    whole = costs.count(lambda: build_alexnet(groups=2)).parameters
    rest = costs.count(lambda: build_alexnet(groups=2, without=without)).parameters
    return whole - rest
