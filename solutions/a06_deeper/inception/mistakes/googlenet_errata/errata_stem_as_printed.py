"""418 is the slide's total, with two digits exchanged (E05). Add the five rows up."""

FAILS = ("googlenet_errata",)

googlenet_errata = {
    "layers": 22,
    "conv1_weights": 9408,
    "params_rows": ["4a", "4c", "4d", "4e", "5a", "5b"],
    "ops_row": "5a",
    "reduce_5x5": 48,
    "stem_mflops": 418,
    "fc_memory_kb": 3.9,
    "conv_parameters": 5.97,
}
