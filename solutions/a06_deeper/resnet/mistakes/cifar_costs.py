"""Mistakes in `cifar_costs`."""

from autograder.checks import change

change(
    "costs_full_width_at_once",
    """
    for side, filters in [(32, 16), (16, 32), (8, 64)]:
    """,
    """
    for side, filters in [(32, 16), (16, 32), (8, 64)]:
        channels = filters
    """,
    say=(
        "The first convolution of your stages 2 and 3 gets as many channels as it makes. It comes "
        "from the stage before and has half as many input channels."
    ),
)

change(
    "costs_n_layers",
    "for _ in range(2 * n):",
    "for _ in range(n):",
    say="Your stages have n convolutions. Each has n blocks, and a block has two.",
)

change(
    "costs_size_of_the_image",
    "for side, filters in [(32, 16), (16, 32), (8, 64)]:",
    "for filters in (16, 32, 64):",
    "add(side * side, 3, channels, filters)",
    "add(32 * 32, 3, channels, filters)",
    say=(
        "You count 32 × 32 pixels in every stage. The maps of stages 2 and 3 have 16 × 16 and 8 × "
        "8 pixels."
    ),
)

change(
    "costs_with_projections",
    """
    for _ in range(2 * n):
    """,
    """
    for _ in range(2 * n):
        if channels != filters:
            add(side * side, 1, channels, filters)
    """,
    say=(
        "You count projections in stages 2 and 3. With option A the shortcuts have no weights and "
        "no multiply-adds."
    ),
)

change(
    "costs_with_statistics",
    "parameters += kernel**2 * channels * filters + 2 * filters",
    "parameters += kernel**2 * channels * filters + 4 * filters",
    say=(
        "You count four numbers a channel for batch normalization. Its running mean and variance "
        "are not trained: 2 C."
    ),
)

change(
    "costs_without_norms",
    "parameters += kernel**2 * channels * filters + 2 * filters",
    "parameters += kernel**2 * channels * filters",
    say=(
        "You left out batch normalization. Each one has a gamma and a beta for every channel: 2 C "
        "trainable parameters."
    ),
)

change(
    "costs_without_the_last",
    'return {"parameters": parameters + 64 * 10 + 10, "macs": macs + 64 * 10}',
    'return {"parameters": parameters, "macs": macs}',
    say="You left out the last layer: 64 · 10 weights, 10 biases, 640 multiply-adds.",
)


change(
    "costs_without_the_stem",
    "add(32 * 32, 3, 3, 16)",
    "pass",
    say="You left out the first convolution, from 3 to 16 maps.",
)


change(
    "costs_with_biases",
    "kernel**2 * channels * filters + 2 * filters",
    "kernel**2 * channels * filters + 3 * filters",
    say="Your convolutions have biases. They have none: a batch normalization follows each.",
)


change(
    "costs_kernel_side",
    "kernel**2 * channels * filters + 2 * filters",
    "kernel * channels * filters + 2 * filters",
    "pixels * kernel**2 * channels",
    "pixels * kernel * channels",
    say="You count K weights for a kernel. It is a square of K × K.",
)


change(
    "costs_one_number_a_channel",
    "kernel**2 * channels * filters + 2 * filters",
    "kernel**2 * channels * filters + filters",
    say=(
        "You count batch normalization with one number for each map. It trains two: gamma and beta."
    ),
)


change(
    "costs_one_number_a_channel_of_the_blocks",
    "parameters += kernel**2 * channels * filters + 2 * filters",
    "parameters += kernel**2 * channels * filters + (1 if channels > 3 else 2) * filters",
    say=(
        "You count the batch normalization of the blocks with one number for each map. It trains "
        "two: gamma and beta."
    ),
)
