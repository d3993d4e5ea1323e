"""Mistakes in `step_decay`."""

from autograder.checks import change

change(
    "one_epoch_early",
    "return initial_rate * factor ** (epoch // every)",
    "return initial_rate * factor ** ((epoch + 1) // every)",
    say=(
        "Your rate falls one epoch too early. Epochs are counted from 0, so the first step down "
        "comes at epoch `every` itself: epoch // every."
    ),
)

change(
    "only_once",
    "return initial_rate * factor ** (epoch // every)",
    "return initial_rate * factor if epoch >= every else initial_rate",
    say=(
        "Your rate falls once and then never again. It falls every `every` epochs: the exponent is "
        "epoch // every."
    ),
)

change(
    "rounded_up",
    "return initial_rate * factor ** (epoch // every)",
    "return initial_rate * factor ** int(np.ceil(epoch / every))",
    say=(
        "You round the exponent up, so that the rate falls right after epoch 0. Round down: `epoch "
        "// every`."
    ),
)

change(
    "smooth",
    "return initial_rate * factor ** (epoch // every)",
    "return initial_rate * factor ** (epoch / every)",
    say=(
        "Your rate falls a little in every epoch. Round the exponent down, `epoch // every`, so "
        "that it stays the same between two steps."
    ),
)

change(
    "subtracted",
    "return initial_rate * factor ** (epoch // every)",
    "return initial_rate * (1 - (1 - factor) * (epoch // every))",
    say=(
        "You subtract the same amount at every step. Each step multiplies the rate by `factor`, so "
        "the steps become smaller."
    ),
)

change(
    "taken_away",
    "return initial_rate * factor ** (epoch // every)",
    "return initial_rate * (1 - factor) ** (epoch // every)",
    say=(
        "You multiply by what is taken away. `factor` is what remains, 0.96 for 4 % less: "
        "initial_rate * factor ** steps."
    ),
)

change(
    "multiplied",
    "factor ** (epoch // every)",
    "factor * (epoch // every)",
    say=(
        "You multiply by the number of steps. Each step multiplies by `factor` once more: a power."
    ),
)


change(
    "every_epoch",
    "(epoch // every)",
    "epoch",
    say=(
        "Your rate falls in every epoch. It falls once in `every` epochs: the exponent is "
        "epoch // every."
    ),
)


change(
    "remainder",
    "(epoch // every)",
    "(epoch % every)",
    say="You take the remainder. The number of steps so far is the quotient, epoch // every.",
)


change(
    "one_step_early",
    "(epoch // every)",
    "(epoch // every + 1)",
    say=(
        "Your rate is one step too low from the start. In epochs 0 to every - 1 it is the "
        "initial one."
    ),
)


change(
    "one_epoch_late",
    "(epoch // every)",
    "(max(epoch - 1, 0) // every)",
    say=(
        "Your rate falls one epoch too late. Epochs are counted from 0, so the first `every` epochs "
        "end with epoch `every - 1`, and epoch `every` has the lower rate already."
    ),
)
