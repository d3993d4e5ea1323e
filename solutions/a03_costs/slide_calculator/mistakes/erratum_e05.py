"""Mistakes in `erratum_e05`."""

from autograder.checks import change

change(
    "e05_biases_blamed",
    'e05 = {"millions": 480.84, "went_wrong": "digits"}',
    'e05 = {"millions": 480.84, "went_wrong": "biases"}',
    say=(
        "You blame the biases. Adding them would make the total larger, and the printed one is too "
        "small; look at its digits."
    ),
)

change(
    "e05_conv3_blamed",
    'e05 = {"millions": 480.84, "went_wrong": "digits"}',
    'e05 = {"millions": 480.84, "went_wrong": "conv3"}',
    say=(
        "You blame the last convolution. Its own row is printed right and is part of the sum; look "
        "at the digits of the right sum and of the printed one."
    ),
)

change(
    "e05_convolutions_only",
    'e05 = {"millions": 480.84, "went_wrong": "digits"}',
    'e05 = {"millions": 477.68, "went_wrong": "digits"}',
    say=(
        "Your total leaves the poolings out. On this slide they are charged too: make the table "
        "with `pools=True`."
    ),
)

change(
    "e05_pools_blamed",
    'e05 = {"millions": 480.84, "went_wrong": "digits"}',
    'e05 = {"millions": 480.84, "went_wrong": "pools"}',
    say=(
        "You blame the poolings. Without them the sum would still be far above the printed total; "
        "look at the digits of the right sum and of the printed one."
    ),
)
