"""You give the memory in bytes. Divide 4,000 bytes by 1,024."""

FAILS = ("googlenet_errata",)

googlenet_errata = {
    "layers": 22,
    "conv1_weights": 9408,
    "params_rows": ["4a", "4c", "4d", "4e", "5a", "5b"],
    "ops_row": "5a",
    "reduce_5x5": 48,
    "stem_mflops": 481,
    "fc_memory_kb": 4000,
    "conv_parameters": 5.97,
}
