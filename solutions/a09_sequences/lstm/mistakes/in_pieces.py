"""Mistakes in `in_pieces`."""

from autograder.checks import change

change(
    "always_stateless",
    "if not stateful:",
    "if True:",
    say="Every piece of yours begins with zeros, even if stateful=True asks for the state before.",
)

change(
    "always_stateful",
    "if not stateful:",
    "if False:",
    say="Your pieces carry the state over even if stateful=False asks for a fresh start.",
)

change(
    "cell_forgotten",
    "h_last, c_last = h[:, -1], c[:, -1]",
    "h_last, c_last = h[:, -1], start",
    say="You carry the state over, but not the cell.",
)

change(
    "other_way_round",
    "if not stateful:",
    "if stateful:",
    say="You carry over where you should begin anew, and the other way round.",
)

change(
    "rest_dropped",
    "for begin in range(0, x.shape[1], length):",
    "for begin in range(0, x.shape[1] - length + 1, length):",
    say="You leave the last, shorter piece out.",
)

change(
    "state_at_the_beginning",
    "h_last, c_last = h[:, -1], c[:, -1]",
    "h_last, c_last = h[:, 0], c[:, 0]",
    say="You hand on what was after the first step of a piece, not after its last.",
)
