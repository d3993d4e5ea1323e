"""The corrections counted by the cost model and by the functions of the notebook."""

from course_lib import costs

_network = costs.count(googlenet)
_right = [
    n
    for n in range(8, 97, 8)
    if 53.5e6 < row_costs(7, 7, 832, (256, 160, 320, n, 128, 128))["macs"] < 54.5e6
]
googlenet_errata = {
    "layers": sum([1, 2, *[2 for _ in TABLE], 1]),
    "conv1_weights": 64 * 3 * 49,
    "params_rows": [name for name in TABLE if name not in ("3a", "3b", "4b")],
    "ops_row": "5a",
    "reduce_5x5": _right[0],
    "stem_mflops": sum((118, 2, 13, 347, 1)),
    "fc_memory_kb": 1000 * 4 / 1024,
    "conv_parameters": round((_network.parameters - 1025 * 1000) / 1e6, 2),
}
