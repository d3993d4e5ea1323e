"""Mistakes in `arithmetic_intensity`."""

from autograder.checks import change

change(
    "intensity_values_not_bytes",
    "return weights * pixels / (4 * (before * pixels + weights + outputs * pixels))",
    "return weights * pixels / (before * pixels + weights + outputs * pixels)",
    say="You divide by the number of values. Each of them has 4 bytes.",
)

change(
    "intensity_without_weights",
    "return weights * pixels / (4 * (before * pixels + weights + outputs * pixels))",
    "return weights * pixels / (4 * (before * pixels + outputs * pixels))",
    say="You move the inputs and the outputs. The weights must be brought to the processor, too.",
)

change(
    "intensity_without_inputs",
    "return weights * pixels / (4 * (before * pixels + weights + outputs * pixels))",
    "return weights * pixels / (4 * (weights + outputs * pixels))",
    say="You leave the inputs out. Inputs, weights and outputs all move once.",
)

change(
    "intensity_upside_down",
    "return weights * pixels / (4 * (before * pixels + weights + outputs * pixels))",
    "return 4 * (before * pixels + weights + outputs * pixels) / (weights * pixels)",
    say="You give bytes for each multiply-add. Asked are multiply-adds for each byte.",
)

change(
    "intensity_two_operations",
    "return weights * pixels / (4 * (before * pixels + weights + outputs * pixels))",
    "return 2 * weights * pixels / (4 * (before * pixels + weights + outputs * pixels))",
    say="You count a multiply-add as two operations. Here it counts as one.",
)

change(
    "intensity_depthwise_gives_all",
    '"depthwise": intensity(kernel**2 * before, before),',
    '"depthwise": intensity(kernel**2 * before, after),',
    say="Your depthwise layer puts out `after` maps. It gives as many as it gets.",
)

change(
    "intensity_depthwise_as_standard",
    '"depthwise": intensity(kernel**2 * before, before),',
    '"depthwise": intensity(kernel**2 * before * before, before),',
    say="Your depthwise layer has a filter for each pair of maps. It has one for each map.",
)

change(
    "intensity_weights_at_every_pixel",
    "return weights * pixels / (4 * (before * pixels + weights + outputs * pixels))",
    "return weights * pixels / (4 * (before * pixels + weights * pixels + outputs * pixels))",
    say="You fetch the weights anew for every pixel. They move once.",
)
