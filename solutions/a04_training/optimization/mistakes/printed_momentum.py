"""Mistakes in `printed_momentum`."""

from autograder.checks import change

change(
    "as_meant",
    'printed_momentum = {"w_1": 1.01, "w_2": 1.0291, "repairs": [1, 2]}',
    'printed_momentum = {"w_1": 0.99, "w_2": 0.9711, "repairs": [1, 2]}',
    say=(
        "You worked out what the recipe should do, not what it prints. With p = -0.1 the step is 1 "
        "- 0.1 · (-0.1), which is more than 1."
    ),
)

change(
    "both_at_once",
    'printed_momentum = {"w_1": 1.01, "w_2": 1.0291, "repairs": [1, 2]}',
    'printed_momentum = {"w_1": 1.01, "w_2": 1.0291, "repairs": [1, 2, 4]}',
    say=(
        "Changing both signs brings back what you started from: two pluses climb as two minuses "
        "do. Only one of the two may change."
    ),
)

change(
    "exchanged",
    'printed_momentum = {"w_1": 1.01, "w_2": 1.0291, "repairs": [1, 2]}',
    'printed_momentum = {"w_1": 1.01, "w_2": 1.0291, "repairs": [1, 2, 3]}',
    say=(
        "Exchanging μ and 1 - μ only changes how fast the average forgets. The direction depends "
        "on the signs, so 3 repairs nothing."
    ),
)

change(
    "gradient_not_renewed",
    'printed_momentum = {"w_1": 1.01, "w_2": 1.0291, "repairs": [1, 2]}',
    'printed_momentum = {"w_1": 1.01, "w_2": 1.029, "repairs": [1, 2]}',
    say=(
        "You used the first gradient for the second step too. The gradient is w, and w is 1.01 by "
        "then."
    ),
)

change(
    "only_one_repair",
    'printed_momentum = {"w_1": 1.01, "w_2": 1.0291, "repairs": [1, 2]}',
    'printed_momentum = {"w_1": 1.01, "w_2": 1.0291, "repairs": [1]}',
    say=(
        "You found one of the changes that repair the recipe, but there is a second one. Either of "
        "the two minus signs may become a plus."
    ),
)

change(
    "p_forgotten",
    'printed_momentum = {"w_1": 1.01, "w_2": 1.0291, "repairs": [1, 2]}',
    'printed_momentum = {"w_1": 1.01, "w_2": 1.0201, "repairs": [1, 2]}',
    say=(
        "You started the second step with p = 0 again. 0.9 of the old p remains: p = 0.9 · (-0.1) "
        "- 0.1 · 1.01."
    ),
)
