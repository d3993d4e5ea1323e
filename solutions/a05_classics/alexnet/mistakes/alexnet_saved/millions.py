"""You return millions. Return the number itself, so that nothing is lost by rounding."""

from course_lib import costs

FAILS = ("alexnet_saved",)


def parameters_saved(without, groups=2):
    whole = costs.count(lambda: build_alexnet(groups=groups)).parameters
    rest = costs.count(lambda: build_alexnet(groups=groups, without=without)).parameters
    return round((whole - rest) / 1e6, 2)
