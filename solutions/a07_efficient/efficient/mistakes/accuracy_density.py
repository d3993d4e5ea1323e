"""Mistakes in `accuracy_density`."""

from autograder.checks import change

change(
    "error_for_accuracy",
    "(100 - top1_error) / (parameters / 1e6)",
    "top1_error / (parameters / 1e6)",
    say="You divide the error: the worse a network, the denser it would be. What is asked for is the "
    "accuracy, and the two make 100 %.",
)

change(
    "for_each_parameter",
    "(100 - top1_error) / (parameters / 1e6)",
    "(100 - top1_error) / parameters",
    say="That is accuracy for each single parameter. The unit is percent for each *million*.",
)

change(
    "fraction",
    "(100 - top1_error) / (parameters / 1e6)",
    "(1 - top1_error / 100) / (parameters / 1e6)",
    say="You divide a fraction of 1. The accuracy is in percent here, as the error is.",
)

change(
    "binary_million",
    "(parameters / 1e6)",
    "(parameters / 2**20)",
    say="A million parameters are 1,000,000 of them. Powers of two are for memory, not for counting.",
)

change(
    "upside_down",
    "(100 - top1_error) / (parameters / 1e6)",
    "(parameters / 1e6) / (100 - top1_error)",
    say="You divide the parameters by the accuracy: that is what one percent costs. Density is the "
    "other way round.",
)

change(
    "whole_millions",
    "(parameters / 1e6)",
    "max(round(parameters / 1e6), 1)",
    say="You round the parameters to whole millions. MobileNet has 4.2 of them, and many networks have "
    "less than one.",
)
