"""Mistakes in `erratum_e10`."""

from autograder.checks import change

change(
    "e10_conv1_2",
    'e10 = {"billions": 15.47, "missing": "conv3_3"}',
    'e10 = {"billions": 15.47, "missing": "conv1_2"}',
    say=(
        "You found a layer with the right number of operations, and so have several. The drawing "
        "tells them apart: it shows a stage 3 with two convolutions, so the third one is missing."
    ),
)

change(
    "e10_conv5_3",
    'e10 = {"billions": 15.47, "missing": "conv3_3"}',
    'e10 = {"billions": 15.47, "missing": "conv5_3"}',
    say=(
        "You miss conv5_3. On maps of 14 × 14 it takes a quarter of the operations that the "
        "printed number lacks."
    ),
)

change(
    "e10_convolutions_only",
    'e10 = {"billions": 15.47, "missing": "conv3_3"}',
    'e10 = {"billions": 15.3466, "missing": "conv3_3"}',
    say=(
        "Your number has the convolutions only. The printed one is for the whole network: add the "
        "three dense layers."
    ),
)

change(
    "e10_fc6",
    'e10 = {"billions": 15.47, "missing": "conv3_3"}',
    'e10 = {"billions": 15.47, "missing": "FC6"}',
    say=(
        "You miss FC6. It takes far fewer operations than the difference between the right number "
        "and the printed one."
    ),
)
