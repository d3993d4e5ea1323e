"""Mistakes in `break_even_width`."""

from autograder.checks import change

change(
    "as_many",
    "if channels * wider + kernel**2 * wider**2 + wider * filters >= direct:",
    "if channels * wider + kernel**2 * wider**2 + wider * filters > direct:",
    say=(
        "Your answer also accepts a bottleneck that needs exactly as many multiply-adds. It must "
        "need fewer."
    ),
)

change(
    "expansion_forgotten",
    "if channels * wider + kernel**2 * wider**2 + wider * filters >= direct:",
    "if channels * wider + kernel**2 * wider**2 >= direct:",
    say="You left the expansion out: n · F more for each pixel.",
)

change(
    "first_that_loses",
    "return narrow",
    "return wider",
    say=(
        "You return the first width that no longer saves anything. The question is for the last "
        "one that does: one less."
    ),
)

change(
    "kernel_not_squared",
    "direct = kernel**2 * channels * filters",
    "direct = kernel * channels * filters",
    "if channels * wider + kernel**2 * wider**2 + wider * filters >= direct:",
    "if channels * wider + kernel * wider**2 + wider * filters >= direct:",
    say=(
        "You use K instead of K². Both the direct convolution and the middle of the bottleneck "
        "have K × K weights for each pair of maps."
    ),
)

change(
    "middle_only",
    "if channels * wider + kernel**2 * wider**2 + wider * filters >= direct:",
    "if kernel**2 * wider**2 >= direct:",
    say=(
        "You compare the large filters alone and leave the two 1 × 1 layers out. They are what the "
        "saving has to pay for."
    ),
)

change(
    "middle_to_filters",
    "if channels * wider + kernel**2 * wider**2 + wider * filters >= direct:",
    "if channels * wider + kernel**2 * wider * filters >= direct:",
    say=(
        "In your count the large filters turn n maps into F. In a bottleneck they turn n into n, "
        "and the expansion makes F."
    ),
)

change(
    "reduction_forgotten",
    "if channels * wider + kernel**2 * wider**2 + wider * filters >= direct:",
    "if kernel**2 * wider**2 + wider * filters >= direct:",
    say="You left the reduction out: C · n more for each pixel.",
)

change(
    "one_kernel_for_all",
    "channels * wider + kernel**2 * wider**2 + wider * filters",
    "kernel**2 * (channels * wider + wider**2 + wider * filters)",
    say="You give all three layers the large kernel. Reduction and expansion are 1 × 1.",
)


change(
    "middle_linear",
    "kernel**2 * wider**2",
    "kernel**2 * wider",
    say="Your middle layer has one input map. It turns n maps into n: n² K².",
)
