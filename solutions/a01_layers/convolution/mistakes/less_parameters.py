"""Mistakes in `less_parameters`."""

from autograder.checks import change

change(
    "added",
    'less_parameters = {"fully_connected": 36 * 16, "local": 16 * 9, "shared": 9, "reason": 2}',
    'less_parameters = {"fully_connected": 36 + 16, "local": 16 * 9, "shared": 9, "reason": 2}',
    say=(
        "You added inputs and outputs of the fully connected layer. Every one of the 36 inputs has "
        "a weight to every one of the 16 outputs, so multiply."
    ),
)

change(
    "overlap",
    'less_parameters = {"fully_connected": 36 * 16, "local": 16 * 9, "shared": 9, "reason": 2}',
    'less_parameters = {"fully_connected": 36 * 16, "local": 16 * 9, "shared": 9, "reason": 1}',
    say=(
        "You say that overlapping windows are the reason. They would overlap with sixteen "
        "different filters too; one filter may serve everywhere because a pattern looks the same "
        "wherever it stands."
    ),
)

change(
    "shared_for_each_output",
    'less_parameters = {"fully_connected": 36 * 16, "local": 16 * 9, "shared": 9, "reason": 2}',
    'less_parameters = {"fully_connected": 36 * 16, "local": 16 * 9, "shared": 16 * 9, "reason": 2}',
    say=(
        "You counted the shared weights once for each output. Sharing means that all 16 outputs "
        "use the same nine numbers: count them once."
    ),
)

change(
    "window_for_each_pixel",
    'less_parameters = {"fully_connected": 36 * 16, "local": 16 * 9, "shared": 9, "reason": 2}',
    'less_parameters = {"fully_connected": 36 * 16, "local": 36 * 9, "shared": 9, "reason": 2}',
    say=(
        "You gave every pixel of the image a window. There is one window for each output, and the "
        "map has only 4 × 4 of them."
    ),
)
