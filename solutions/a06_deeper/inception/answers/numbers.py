"""The answers as plain numbers; the memory and the parameters not rounded."""

naive_growth = {"depth": 672, "values": 526848, "depth_after_two": 1088}
googlenet_errata = {
    "layers": 22,
    "conv1_weights": 9408,
    "params_rows": ("4a", "4c", "4d", "4e", "5a", "5b"),
    "ops_row": "5a",
    "reduce_5x5": 48.0,
    "stem_mflops": 481,
    "fc_memory_kb": 4000 / 1024,
    "conv_parameters": 5.973552,
}


def naive_stack(height, width, channels, filters, modules):
    """In closed form: the k-th module sees channels + k * sum(filters) maps."""
    kernels = sum(side**2 * count for side, count in zip((1, 3, 5), filters, strict=True))
    seen = [channels + k * sum(filters) for k in range(modules + 1)]
    return [(seen[k + 1], height * width * seen[k] * kernels) for k in range(modules)]
