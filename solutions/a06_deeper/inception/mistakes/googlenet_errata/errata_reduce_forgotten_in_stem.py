"""You count one layer for conv2. It has two: the 1 × 1 reduction, and the 3 × 3 filters."""

FAILS = ("googlenet_errata",)

googlenet_errata = {
    "layers": 21,
    "conv1_weights": 9408,
    "params_rows": ["4a", "4c", "4d", "4e", "5a", "5b"],
    "ops_row": "5a",
    "reduce_5x5": 48,
    "stem_mflops": 481,
    "fc_memory_kb": 3.9,
    "conv_parameters": 5.97,
}
