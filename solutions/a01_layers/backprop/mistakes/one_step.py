"""Mistakes in `one_step`."""

from autograder.checks import change

change(
    "divided_twice",
    "module.weights[name] -= learning_rate * gradient",
    "module.weights[name] -= learning_rate * gradient / len(images)",
    say=(
        "You divide the gradient by the batch size, but the loss function has taken the mean "
        "already. Divide once only."
    ),
    inside="training_step",
)

change(
    "learning_rate_forgotten",
    "module.weights[name] -= learning_rate * gradient",
    "module.weights[name] -= gradient",
    say="Your step is the whole gradient. Multiply it by the learning rate.",
    inside="training_step",
)

change(
    "loss_after",
    "loss, dscores = loss_function(scores, labels)",
    "_, dscores = loss_function(scores, labels)",
    "return loss",
    "return loss_function(forward_pass(modules, images)[-1], labels)[0]",
    say=(
        "You return the loss *after* the step, with the new weights. Return the one that you had "
        "before: it costs no second forward pass."
    ),
    inside="training_step",
)

change(
    "only_matrices",
    """
    for name, gradient in gradients.items():
        module.weights[name] -= learning_rate * gradient
    """,
    """
    if "w" in gradients:
        module.weights["w"] -= learning_rate * gradients["w"]
    """,
    say=(
        "Your biases never change. Each dictionary of gradients has an entry for every weight of "
        "its module, `b` as well as `w`."
    ),
    inside="training_step",
)

change(
    "uphill",
    "module.weights[name] -= learning_rate * gradient",
    "module.weights[name] += learning_rate * gradient",
    say=(
        "You go *along* the gradient, where the loss grows. Subtract learning_rate times the "
        "gradient."
    ),
    inside="training_step",
)
