"""Mistakes in `weight_decay`."""

from autograder.checks import change

change(
    "images_for_steps",
    '"steps": 1_200_000 / 128,',
    '"steps": 1_200_000,',
    say="You count images. A step uses a mini-batch of 128 of them.",
)

change(
    "one_pull",
    '"pull": 0.01 * 0.0005 / (1 - 0.9),',
    '"pull": 0.01 * 0.0005,',
    say=(
        "That is one pull. Each lives on in the velocity, 0.9 of it in the next step, 0.81 in "
        "the one after: ten times as much in all."
    ),
)

change(
    "rate_forgotten",
    '"pull": 0.01 * 0.0005 / (1 - 0.9),',
    '"pull": 0.0005 / (1 - 0.9),',
    say="The learning rate is missing: the formula has 0.0005 · ε · θ.",
)

change(
    "decay_alone",
    '"pull": 0.01 * 0.0005 / (1 - 0.9),',
    '"pull": 0.0005,',
    say=(
        "That is λ. In a step it comes with the learning rate, and the velocity adds up ten "
        "such pulls."
    ),
)

change(
    "times_the_rest",
    '"pull": 0.01 * 0.0005 / (1 - 0.9),',
    '"pull": 0.01 * 0.0005 * (1 - 0.9),',
    say=("You multiply by 1 − 0.9. From v = 0.9 v − pull follows v = −pull / (1 − 0.9): divide."),
)

change(
    "times_momentum",
    '"pull": 0.01 * 0.0005 / (1 - 0.9),',
    '"pull": 0.01 * 0.0005 * 0.9,',
    say=(
        "You multiply by the momentum once. The velocity adds up all former pulls, 1 + 0.9 + "
        "0.81 + … = 10 of them."
    ),
)

change(
    "in_steps",
    '"half_life": np.log(2) / 5e-5 / 9375,',
    '"half_life": np.log(2) / 5e-5,',
    say="Your half-life is in steps. Divide it by the steps of an epoch.",
)

change(
    "without_logarithm",
    '"half_life": np.log(2) / 5e-5 / 9375,',
    '"half_life": 1 / 5e-5 / 9375,',
    say=(
        "You divide 1 by the pull: by then only 1/e = 37 % is left. Half is left after ln 2 / "
        "pull steps."
    ),
)

change(
    "in_a_straight_line",
    '"half_life": np.log(2) / 5e-5 / 9375,',
    '"half_life": 0.5 / 5e-5 / 9375,',
    say=(
        "You let the weight lose the same amount in every step. It loses the same *part*, so it "
        "takes ln 2 / pull steps and not 0.5 / pull."
    ),
)

change(
    "decimal_logarithm",
    '"half_life": np.log(2) / 5e-5 / 9375,',
    '"half_life": np.log10(2) / 5e-5 / 9375,',
    say="You took the logarithm to base 10. Here it is the natural one: ln 2 = 0.69.",
)

change(
    "half_life_of_one_pull",
    '"half_life": np.log(2) / 5e-5 / 9375,',
    '"half_life": np.log(2) / 5e-6 / 9375,',
    say=(
        "That is the half-life with one pull in a step. The velocity makes it ten times as "
        "strong, so the half-life is a tenth."
    ),
)

change(
    "the_same_for_both",
    '"half_life_direct": np.log(2) / 5e-6 / 9375,',
    '"half_life_direct": np.log(2) / 5e-5 / 9375,',
    say=(
        "You take both ways for the same. Past the velocity nothing adds up: a step takes ε · λ "
        "of the weight, a tenth."
    ),
)

change(
    "shorter",
    '"half_life_direct": np.log(2) / 5e-6 / 9375,',
    '"half_life_direct": np.log(2) / 5e-4 / 9375,',
    say=(
        "You made the direct decay ten times as strong. It is a tenth, so its half-life is ten "
        "times as long."
    ),
)
