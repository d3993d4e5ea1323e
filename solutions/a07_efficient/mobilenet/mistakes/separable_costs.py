"""Mistakes in `separable_costs`."""

from autograder.checks import change

change(
    "separable_product",
    "separable = kernel**2 * before + before * after",
    "separable = kernel**2 * before * before * after",
    say="You multiply the two layers. They are two layers: their weights and their costs add up.",
)

change(
    "depthwise_on_the_outputs",
    "separable = kernel**2 * before + before * after",
    "separable = kernel**2 * after + before * after",
    say=(
        "Your depthwise layer works on the N maps that come out. It comes first, so it has a filter "
        "for each of the M maps that go in."
    ),
)

change(
    "separable_pointwise_alone",
    "separable = kernel**2 * before + before * after",
    "separable = before * after",
    say="You count the pointwise layer alone. The depthwise layer before it costs something, too.",
)

change(
    "separable_with_biases",
    "separable = kernel**2 * before + before * after",
    "separable = kernel**2 * before + before + before * after + after",
    say="You count biases. The slide does not: M and N weights are too many.",
)

change(
    "costs_kernel_not_squared",
    "standard = kernel**2 * before * after",
    "standard = kernel * before * after",
    say="You count K weights for a kernel in your standard convolution. It has K × K.",
)

change(
    "costs_square_maps",
    "pixels = height * width",
    "pixels = height**2",
    say="You use the height twice. A map has height × width pixels, and need not be square.",
)

change(
    "ratio_of_the_inputs",
    '"ratio": 1 / after + 1 / kernel**2',
    '"ratio": 1 / before + 1 / kernel**2',
    say="Your ratio depends on M. Divide again: M stands in all products, and cancels.",
)

change(
    "ratio_upside_down",
    '"ratio": 1 / after + 1 / kernel**2',
    '"ratio": standard / separable',
    say=(
        "Your ratio says how many times cheaper the separable convolution is. Asked is separable by "
        "standard, which is below 1."
    ),
)
