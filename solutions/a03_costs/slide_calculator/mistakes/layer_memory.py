"""Mistakes in `layer_memory`."""

from autograder.checks import change

change(
    "memory_always_1024",
    "return math.prod(output_shape(layer, shape)) * bytes_per_value / kilo",
    "return math.prod(output_shape(layer, shape)) * bytes_per_value / 1024",
    say=(
        "You always divide by 1024. The argument `kilo` says how many bytes a kilobyte has: some "
        "slides take 1000."
    ),
    fails=("layer_memory", "cost_table"),
)

change(
    "memory_always_float32",
    "return math.prod(output_shape(layer, shape)) * bytes_per_value / kilo",
    "return math.prod(output_shape(layer, shape)) * 4 / kilo",
    say=(
        "You take 4 bytes for every value. The argument `bytes_per_value` says how many: half "
        "precision has 2."
    ),
)

change(
    "memory_bits",
    "return math.prod(output_shape(layer, shape)) * bytes_per_value / kilo",
    "return math.prod(output_shape(layer, shape)) * bytes_per_value * 8 / kilo",
    say="You count bits. Memory is in bytes, so there is no factor 8.",
    fails=("layer_memory", "cost_table"),
)

change(
    "memory_of_input",
    "return math.prod(output_shape(layer, shape)) * bytes_per_value / kilo",
    "return math.prod(shape) * bytes_per_value / kilo",
    say=(
        "You measure the input of the layer. What has to be stored is what it puts out: use "
        "`output_shape(layer, shape)`."
    ),
    fails=("layer_memory", "cost_table"),
)

change(
    "memory_rounded_down",
    "return math.prod(output_shape(layer, shape)) * bytes_per_value / kilo",
    "return math.prod(output_shape(layer, shape)) * bytes_per_value // kilo",
    say=(
        "You throw the fraction away with `//`. Divide with `/` and do not round: the slide's 182 "
        "KB are 182.25."
    ),
    fails=("layer_memory", "cost_table"),
)

change(
    "memory_thousand",
    "return math.prod(output_shape(layer, shape)) * bytes_per_value / kilo",
    "return math.prod(output_shape(layer, shape)) * bytes_per_value / 1000",
    say=(
        "You always divide by 1000. The argument `kilo` says how many bytes a kilobyte has, and by "
        "default these slides take 1024."
    ),
    fails=("layer_memory", "cost_table"),
)

change(
    "memory_values",
    "return math.prod(output_shape(layer, shape)) * bytes_per_value / kilo",
    "return math.prod(output_shape(layer, shape)) / kilo",
    say="You count values, not bytes. Each value takes `bytes_per_value` bytes, 4 in float32.",
    fails=("layer_memory", "cost_table"),
)

change(
    "memory_rounded",
    "return math.prod(output_shape(layer, shape)) * bytes_per_value / kilo",
    "return round(math.prod(output_shape(layer, shape)) * bytes_per_value / kilo)",
    say="You round the result. It is asked for as it is.",
    fails=("layer_memory", "cost_table"),
)


change(
    "memory_of_the_sides",
    "math.prod(output_shape(layer, shape)) *",
    "math.prod(output_shape(layer, shape)[:2]) *",
    say="You leave the channels out. Every channel has height × width values.",
    fails=("layer_memory", "cost_table"),
)


change(
    "memory_bytes",
    "* bytes_per_value / kilo",
    "* bytes_per_value",
    say="You return bytes. Divide by `kilo`.",
    fails=("layer_memory", "cost_table"),
)


change(
    "memory_of_parameters",
    "math.prod(output_shape(layer, shape)) *",
    "parameters(layer, shape) *",
    say="You measure the parameters. The values that the layer puts out are asked for.",
    fails=("layer_memory", "cost_table"),
)
