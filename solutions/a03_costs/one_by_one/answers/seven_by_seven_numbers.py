"""Worked out on paper, with the biases added at the end; the counts as floats."""

seven_by_seven = {
    "direct": 25088.0 * 64 + 64,
    "after_reduction": 3136.0 * 64 + 64,
    "reduction": 512.0 * 64 + 64,
}
