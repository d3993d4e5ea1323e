"""Your table ignores `biases`. If the check of `parameters` passes, you only have to hand the
argument on: `parameters(layer, shape, biases=biases)`.
"""

FAILS = ("cost_table",)


def cost_table(layers, input_shape, biases=True, pools=False, kilo=1024):
    rows = []
    shape = input_shape
    for layer, field in zip(layers, receptive_fields(layers), strict=True):
        rows.append(
            {
                "name": layer["name"],
                "kind": layer["kind"],
                "output_shape": output_shape(layer, shape),
                "parameters": parameters(layer, shape),
                "macs": macs(layer, shape, pools=pools),
                "memory_kilobytes": memory_kilobytes(layer, shape, kilo=kilo),
                "receptive_field": field,
            }
        )
        shape = output_shape(layer, shape)
    return rows
