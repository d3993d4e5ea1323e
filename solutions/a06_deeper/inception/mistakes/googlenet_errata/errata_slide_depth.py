"""19 is the slide's number, and the depth of VGG-19 (E23). Add up: conv1, two in conv2, two in
each of nine modules, and the linear layer.
"""

FAILS = ("googlenet_errata",)

googlenet_errata = {
    "layers": 19,
    "conv1_weights": 9408,
    "params_rows": ["4a", "4c", "4d", "4e", "5a", "5b"],
    "ops_row": "5a",
    "reduce_5x5": 48,
    "stem_mflops": 481,
    "fc_memory_kb": 3.9,
    "conv_parameters": 5.97,
}
