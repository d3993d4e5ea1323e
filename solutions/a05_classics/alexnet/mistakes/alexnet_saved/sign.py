"""You subtract the whole network from the smaller one. What is saved is a positive number: the
whole minus the rest."""

from course_lib import costs

FAILS = ("alexnet_saved",)


def parameters_saved(without, groups=2):
    whole = costs.count(lambda: build_alexnet(groups=groups)).parameters
    rest = costs.count(lambda: build_alexnet(groups=groups, without=without)).parameters
    return rest - whole
