"""Mistakes in `pair_orders`."""

from autograder.checks import change

change(
    "orders_keras_with_norm",
    '"keras_layer": "A",',
    '"keras_layer": "C",',
    say=(
        "You say that Keras' `SeparableConv2D` is MobileNet's pair. It has nothing between its two "
        "parts and nothing after them: no normalization, no activation."
    ),
)

change(
    "orders_keras_pointwise_first",
    '"keras_layer": "A",',
    '"keras_layer": "B",',
    say="You say that Keras' layer mixes the maps first. It is depthwise first: print its weights.",
)

change(
    "orders_drawing_as_network",
    '"xception_drawing": "B",',
    '"xception_drawing": "A",',
    say=(
        "You give the drawing the order of the network. The slide's words begin with the 1 × 1, and "
        "its 3 × 3 filters look at what that gives."
    ),
)

change(
    "orders_xception_as_drawn",
    '"xception": "D",',
    '"xception": "B",',
    say=(
        "You give the network the order of the drawing. The block that you built starts with a ReLU, "
        "and its pair has the 3 × 3 first."
    ),
)

change(
    "orders_xception_norm_between",
    '"xception": "D",',
    '"xception": "E",',
    say="You have a normalization and a ReLU inside Xception's pair. There is nothing between.",
)

change(
    "orders_mobilenet_relu_first",
    '"mobilenet": "C",',
    '"mobilenet": "E",',
    say="Your MobileNet starts with a ReLU. Its two layers have BN and ReLU after them, not before.",
)

change(
    "orders_first_on_all",
    '"weights_a": 9 * 64 + 64 * 128,',
    '"weights_a": 9 * 128 + 64 * 128,',
    say="In A the 3 × 3 is first, so it has a filter for each of the 64 maps that go in, not for 128.",
)

change(
    "orders_do_not_matter",
    '"weights_b": 64 * 128 + 9 * 128,',
    '"weights_b": 64 * 128 + 9 * 64,',
    say=(
        "You give B the weights of A. In B the 1 × 1 has already made 128 maps when the 3 × 3 filters "
        "come."
    ),
)
