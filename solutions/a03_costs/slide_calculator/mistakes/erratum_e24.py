"""Mistakes in `erratum_e24`."""

from autograder.checks import change

change(
    "e24_copies",
    'e24 = {"millions": 15.24, "explained_by": "none"}',
    'e24 = {"millions": 15.24, "explained_by": "copies"}',
    say=(
        "You believe in the copies after every ReLU. Count them: with them the sum is larger than "
        "the printed one."
    ),
)

change(
    "e24_gradients",
    'e24 = {"millions": 15.24, "explained_by": "none"}',
    'e24 = {"millions": 15.24, "explained_by": "gradients"}',
    say=(
        "You believe in the gradients. They would double the sum, and twice the right number is "
        "more than the printed one."
    ),
)

change(
    "e24_kilo",
    'e24 = {"millions": 15.24, "explained_by": "none"}',
    'e24 = {"millions": 15.24, "explained_by": "kilo"}',
    say=(
        "You believe in a million of 1024 * 1024. Dividing by more makes the number smaller, and "
        "the printed one is too large."
    ),
)

change(
    "e24_without_image",
    'e24 = {"millions": 15.24, "explained_by": "none"}',
    'e24 = {"millions": 15.087, "explained_by": "none"}',
    say=(
        "You added up the layers and left the image out. It is the first row of the slide, and its "
        "values are stored too."
    ),
)

change(
    "e24_without_pools",
    'e24 = {"millions": 15.24, "explained_by": "none"}',
    'e24 = {"millions": 13.707, "explained_by": "none"}',
    say=(
        "You added up the layers with weights only. The outputs of the poolings are rows of the "
        "slide too."
    ),
)
