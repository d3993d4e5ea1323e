"""32 is the printed number, and with it the row needs only 51 million operations. Which number
gives 54?
"""

FAILS = ("googlenet_errata",)

googlenet_errata = {
    "layers": 22,
    "conv1_weights": 9408,
    "params_rows": ["4a", "4c", "4d", "4e", "5a", "5b"],
    "ops_row": "5a",
    "reduce_5x5": 32,
    "stem_mflops": 481,
    "fc_memory_kb": 3.9,
    "conv_parameters": 5.97,
}
