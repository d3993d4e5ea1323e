"""Mistakes in `kernel_stack`."""

from autograder.checks import change

change(
    "biases",
    "weights = depth * kernel**2 * channels**2",
    "weights = depth * (kernel**2 * channels + 1) * channels",
    '"macs": weights * height * width,',
    '"macs": depth * kernel**2 * channels**2 * height * width,',
    say="You count the biases. The slide's numbers leave them out: L K² C² weights.",
)

change(
    "channels_once",
    "weights = depth * kernel**2 * channels**2",
    "weights = depth * kernel**2 * channels",
    say=(
        "Your filters see one map. Each of the C filters has a kernel for each of the C maps "
        "before it, so C counts twice."
    ),
)

change(
    "kernel_side",
    "weights = depth * kernel**2 * channels**2",
    "weights = depth * kernel * channels**2",
    say="You count K weights for a kernel. It is a square of K x K.",
)

change(
    "macs_at_one_place",
    '"macs": weights * height * width,',
    '"macs": weights,',
    say="You count the multiply-adds at one place. They are needed at each of the H x W pixels.",
)

change(
    "of_one_layer",
    "weights = depth * kernel**2 * channels**2",
    "weights = kernel**2 * channels**2",
    say=(
        "You count the weights of one layer. The stack has as many again for each of its layers: "
        "multiply by the depth."
    ),
)

change(
    "relu_between",
    '"relus": depth,',
    '"relus": depth - 1,',
    say=(
        "You count the ReLUs between the layers. There is one after every convolution, the last "
        "one too."
    ),
)

change(
    "whole_kernels",
    '"receptive_field": 1 + depth * (kernel - 1),',
    '"receptive_field": depth * kernel,',
    say=(
        "You add the whole side of the kernel for every layer. The first layer sees K pixels, and "
        "each one after it only K - 1 more."
    ),
)


change(
    "one_relu",
    '"relus": depth,',
    '"relus": 1,',
    say="You count one ReLU. There is one after each layer of the stack, which is what the slide praises.",
)
