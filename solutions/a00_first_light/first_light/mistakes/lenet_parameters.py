"""Mistakes in `lenet_parameters`."""

from autograder.checks import change

change(
    "bias_for_each_channel",
    '"conv2": 25_050,',
    '"conv2": 26000,',
    '"total": 1_256_080,',
    '"total": 1257030,',
    say=(
        "You gave each filter a bias for every input channel: a filter adds up all channels first "
        "and then adds one bias, so it has K · K · C + 1 parameters."
    ),
)

change(
    "one_bias_a_layer",
    '"conv1": 520,',
    '"conv1": 501,',
    """
    "conv2": 25_050,
    "dense1": 1_225_500,
    "dense2": 5_010,
    "total": 1_256_080,
    """,
    """
    "conv2": 25001,
    "dense1": 1225001,
    "dense2": 5001,
    "total": 1255504,
    """,
    say=(
        "You gave each layer a single bias: every filter and every unit has a bias of its own, so "
        "multiply after you have added the 1."
    ),
)

change(
    "one_channel",
    '"conv2": 25_050,',
    '"conv2": 1300,',
    '"total": 1_256_080,',
    '"total": 1232330,',
    say=(
        "You counted the filters of the second convolution as if they saw one channel: each of "
        "them has 5 · 5 weights for every one of the 20 channels that come in."
    ),
)

change(
    "pool_weights",
    '"pool1": 0,',
    '"pool1": 100,',
    '"total": 1_256_080,',
    '"total": 1256180,',
    say=(
        "You gave the pooling layer weights: it only takes the largest of four values, so there is "
        "nothing to learn and it has no parameter."
    ),
)

change(
    "without_biases",
    '"conv1": 520,',
    '"conv1": 500,',
    """
    "conv2": 25_050,
    "dense1": 1_225_500,
    "dense2": 5_010,
    "total": 1_256_080,
    """,
    """
    "conv2": 25000,
    "dense1": 1225000,
    "dense2": 5000,
    "total": 1255500,
    """,
    say=(
        "You left out the biases: every filter and every unit has one, so add 1 to the weights of "
        "each before you multiply."
    ),
)

change(
    "window_not_squared",
    '"conv1": 520,',
    '"conv1": 120,',
    '"conv2": 25_050,',
    '"conv2": 5_050,',
    '"total": 1_256_080,',
    '"total": 1_235_680,',
    say="You count 5 weights for a window. It is 5 × 5.",
)


change(
    "total_without_biases",
    '"total": 1_256_080,',
    '"total": 1_255_500,',
    say="Your total leaves the biases out. Add up the numbers above it, which have them.",
)


change(
    "dense_sees_channels",
    '"dense1": 1_225_500,',
    '"dense1": 25_500,',
    '"total": 1_256_080,',
    '"total": 56_080,',
    say=(
        "Your first linear layer sees 50 values, one for each map. Flatten hands it all 7 × 7 "
        "× 50 = 2450."
    ),
)


change(
    "bias_for_each_input_map",
    '"conv2": 25_050,',
    '"conv2": 25_020,',
    say=(
        "You gave the second convolution a bias for each of the 20 maps that come in. Each of its 50 "
        "filters has one."
    ),
)


change(
    "bias_for_each_input",
    '"dense1": 1_225_500,',
    '"dense1": 1_227_450,',
    say=(
        "You gave the first linear layer a bias for each of the 2450 values that come in. Each of "
        "its 500 units has one."
    ),
)


change(
    "dense_without_pooling",
    '"dense1": 1_225_500,',
    '"dense1": 4_900_500,',
    say=(
        "You let the first linear layer read maps of 14 × 14. The second pooling stands before it: "
        "7 × 7 × 50 = 2450 values."
    ),
)


change(
    "dense_reads_the_image",
    '"dense1": 1_225_500,',
    '"dense1": 392_500,',
    say="You let the first linear layer read the image. It reads the 7 × 7 × 50 = 2450 values of the maps.",
)


change(
    "bias_for_each_weight",
    '"conv1": 520,',
    '"conv1": 1000,',
    '"conv2": 25_050,',
    '"conv2": 26250,',
    '"total": 1_256_080,',
    '"total": 1257760,',
    say=(
        "You add a bias for each of the K · K places of the window. A filter has one bias: K · K · C + "
        "1 parameters."
    ),
)
