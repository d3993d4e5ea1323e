"""Mistakes in `local_join`."""

from autograder.checks import change

change(
    "join_drops_all",
    "np.mean(kept or [inputs[np.argmax(draws)]], axis=0)",
    "np.mean(kept, axis=0) if kept else np.zeros_like(inputs[0])",
    say=(
        "If every input is dropped your join gives zeros, and the signal ends there. At least one "
        "input is always kept."
    ),
)

change(
    "join_divides_by_all",
    "np.mean(kept or [inputs[np.argmax(draws)]], axis=0)",
    "np.sum(kept or [inputs[np.argmax(draws)]], axis=0) / len(inputs)",
    say="You divide by the number of all inputs. The mean is over those that are kept.",
)

change(
    "join_sum",
    "np.mean(kept or [inputs[np.argmax(draws)]], axis=0)",
    "np.sum(kept or [inputs[np.argmax(draws)]], axis=0)",
    say="You add what is kept. A join is the mean.",
)

change(
    "join_scaled_like_dropout",
    "np.mean(kept or [inputs[np.argmax(draws)]], axis=0)",
    "np.mean(kept or [inputs[np.argmax(draws)]], axis=0) / (1 - rate)",
    say="You divide by 1 - rate, as dropout does. A mean over what is kept needs no scaling.",
)

change(
    "join_rate_kept",
    "if number >= rate]",
    "if number < rate]",
    say="You keep an input where its number is below the rate. There it is dropped.",
)

change(
    "join_keeps_the_smallest",
    "np.argmax(draws)",
    "np.argmin(draws)",
    say="If all would be dropped, you keep the one with the smallest number. It is the largest.",
)

change(
    "join_keeps_the_first",
    "[inputs[np.argmax(draws)]]",
    "[inputs[0]]",
    say="If all would be dropped, you keep the first one. It is the one with the largest number.",
)

change(
    "join_keeps_all",
    "np.mean(kept or [inputs[np.argmax(draws)]], axis=0)",
    "np.mean(kept or inputs, axis=0)",
    say="If all would be dropped, you keep all of them. It is the one with the largest number alone.",
)

change(
    "join_drops_the_limit",
    "if number >= rate]",
    "if number > rate]",
    say="You drop an input whose number equals the rate. It is dropped only where it is smaller.",
)

change(
    "join_usual_rate",
    "rate=0.15",
    "rate=0.5",
    say="Your default rate is 0.5. It is 0.15.",
)
