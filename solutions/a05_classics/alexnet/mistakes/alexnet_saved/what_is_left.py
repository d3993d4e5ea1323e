"""You return what is left instead of what is saved. Subtract it from the parameters of the whole
network."""

from course_lib import costs

FAILS = ("alexnet_saved",)


def parameters_saved(without, groups=2):
    return costs.count(lambda: build_alexnet(groups=groups, without=without)).parameters
