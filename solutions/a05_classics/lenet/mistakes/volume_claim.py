"""Mistakes in `volume_claim`."""

from autograder.checks import change

change(
    "behind_the_convolutions",
    'volume_claim = {"volumes": [28 * 28, 14 * 14 * 20, 7 * 7 * 50], "filters": [4, 16]}',
    'volume_claim = {"volumes": [784, 15680, 9800], "filters": [4, 16]}',
    say=(
        "Those are the volumes after the convolutions; the question is about the input, pool1 and "
        "pool2. Read the rows after the pools."
    ),
)

change(
    "channels_forgotten",
    'volume_claim = {"volumes": [28 * 28, 14 * 14 * 20, 7 * 7 * 50], "filters": [4, 16]}',
    'volume_claim = {"volumes": [784, 196, 49], "filters": [4, 16]}',
    say="The volume is height × width × channels; you left out the channels.",
)

change(
    "factors",
    'volume_claim = {"volumes": [28 * 28, 14 * 14 * 20, 7 * 7 * 50], "filters": [4, 16]}',
    'volume_claim = {"volumes": [784, 3920, 2450], "filters": [4, 4]}',
    say=(
        "4 is the factor from stage to stage, and conv2 starts from the 4 maps of conv1: it needs "
        "4 × 4 filters."
    ),
)

change(
    "filters_doubled",
    'volume_claim = {"volumes": [28 * 28, 14 * 14 * 20, 7 * 7 * 50], "filters": [4, 16]}',
    'volume_claim = {"volumes": [784, 3920, 2450], "filters": [2, 4]}',
    say=(
        "Half the height and half the width leave a quarter of the values, so the number of maps "
        "must grow by 4 at each stage, not by 2."
    ),
)
