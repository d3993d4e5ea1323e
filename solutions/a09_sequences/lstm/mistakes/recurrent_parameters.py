"""Mistakes in `recurrent_parameters`."""

from autograder.checks import change

change(
    "one_bias_in_the_gru",
    "3 * hidden * (hidden + inputs + 2)",
    "3 * hidden * (hidden + inputs + 1)",
    say="Your GRU has one bias for each gate and unit. Keras' default gives it two.",
)

change(
    "one_gate",
    "slide = 4 * hidden * (hidden + inputs)",
    "slide = hidden * (hidden + inputs)",
    say="Your LSTM has the weights of one gate. It has four blocks of them.",
)

change(
    "inputs_alone",
    "slide = 4 * hidden * (hidden + inputs)",
    "slide = 4 * hidden * inputs",
    "3 * hidden * (hidden + inputs + 2)",
    "3 * hidden * (inputs + 2)",
    say="You count weights for the inputs alone. Each gate looks at the state, too.",
)

change(
    "one_bias_a_unit",
    "slide, slide + 4 * hidden,",
    "slide, slide + hidden,",
    say="You count one bias for each unit. Each of the four gates has its own.",
)

change(
    "four_blocks_in_the_gru",
    "3 * hidden * (hidden + inputs + 2)",
    "4 * hidden * (hidden + inputs + 2)",
    say="You give the GRU four blocks. It has three.",
)

change(
    "slide_with_biases",
    "return slide, slide + 4 * hidden,",
    "return slide + 4 * hidden, slide + 4 * hidden,",
    say="You count biases in the slide's LSTM, which has none.",
)
