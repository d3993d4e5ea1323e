"""You build one of the two networks without groups, so that the difference contains what splitting
saves. Pass `groups=groups` to both."""

from course_lib import costs

FAILS = ("alexnet_saved",)


def parameters_saved(without, groups=2):
    whole = costs.count(lambda: build_alexnet()).parameters
    rest = costs.count(lambda: build_alexnet(groups=groups, without=without)).parameters
    return whole - rest
