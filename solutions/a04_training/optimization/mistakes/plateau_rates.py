"""Mistakes in `plateau_rates`."""

from autograder.checks import change

change(
    "best_forgotten",
    "rate, waited = rate / divide_by, 0",
    "rate, waited, best = rate / divide_by, 0, np.inf",
    say=(
        "You forget the best error when the rate falls, and take the next epoch for a better one. "
        "Keep the best error."
    ),
)

change(
    "count_not_restarted",
    "best, waited = error, 0",
    "best = error",
    say=(
        "You never set the count back when an epoch is better. Only epochs without a better error "
        "*in a row* count."
    ),
)

change(
    "equal_is_better",
    "if error < best:",
    "if error <= best:",
    say="You take an equal error for a better one. Better means lower: compare with `<`.",
)

change(
    "falls_again_at_once",
    """
    if waited == patience:
        rate, waited = rate / divide_by, 0
    """,
    """
    if waited >= patience:
        rate = rate / divide_by
    """,
    say=(
        "After the rate has fallen you do not start counting again, so it falls in every further "
        "epoch. Set the count back to zero then."
    ),
)

change(
    "multiplied",
    "rate, waited = rate / divide_by, 0",
    "rate, waited = rate * divide_by, 0",
    say="Your rate rises. Divide it by `divide_by`.",
)

change(
    "one_epoch_early",
    """
    for error in errors:
        rates.append(rate)
    """,
    """
    for error in errors:
    """,
    """
    if waited == patience:
        rate, waited = rate / divide_by, 0
    """,
    """
    if waited == patience:
        rate, waited = rate / divide_by, 0
    rates.append(rate)
    """,
    say=(
        "Your rate falls in the epoch whose error triggers it. That epoch is already trained: "
        "write its rate down first, then look at its error."
    ),
)

change(
    "one_epoch_too_patient",
    "if waited == patience:",
    "if waited > patience:",
    say=(
        "You wait one epoch too long. The rate falls as soon as `patience` epochs in a row were "
        "not better."
    ),
)

change(
    "previous_epoch",
    "waited += 1",
    "best, waited = error, waited + 1",
    say=(
        "You compare with the epoch before. Better means lower than the best error of all epochs "
        "so far, so keep the lowest one."
    ),
)

change(
    "divided_by_ten",
    "rate / divide_by",
    "rate / 10",
    say="You always divide by 10. That is only the default: use `divide_by`.",
)


change(
    "one_rate_more",
    "return rates",
    "return [*rates, rate]",
    say=(
        "You return one rate more than there are errors. Each epoch has the rate that it was "
        "trained with; that of the next one is not asked for."
    ),
)
