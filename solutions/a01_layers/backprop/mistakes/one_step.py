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

change(
    "new_arrays_forgotten",
    """
    module.weights[name] -= learning_rate * gradient
    """,
    """
    weight = module.weights[name]
    weight = weight - learning_rate * gradient
    """,
    say=(
        "Your step changes nothing in the modules: `weight = weight - ...` gives a new array "
        "a local name. Assign it to module.weights[name]."
    ),
    inside="training_step",
)


change(
    "loss_not_returned",
    "return loss",
    "return None",
    say="Your step returns nothing. Return the loss that you had before it.",
    inside="training_step",
)


change(
    "scores_returned",
    "return loss",
    "return scores",
    say="Your step returns the scores. Return the loss, one number.",
    inside="training_step",
)


change(
    "scores_back",
    "_, weight_gradients = backward_pass(modules, dscores)",
    "_, weight_gradients = backward_pass(modules, scores)",
    say=(
        "You send the scores back. The way back starts with `dscores`, the gradient that the "
        "loss function gives."
    ),
    inside="training_step",
)


change(
    "zipped_the_wrong_way",
    "zip(modules, weight_gradients, strict=True)",
    "zip(reversed(modules), weight_gradients, strict=True)",
    say=(
        "You give the gradients to the modules in reverse order. `backward_pass` has turned "
        "its lists round already: first module first."
    ),
    inside="training_step",
)

change(
    "batch_multiplied",
    "module.weights[name] -= learning_rate * gradient",
    "module.weights[name] -= learning_rate * gradient * len(images)",
    say=(
        "You multiply the gradient by the batch size. It is that of the mean already; go "
        "learning_rate times the gradient."
    ),
    inside="training_step",
)


change(
    "dout_of_ones",
    "_, weight_gradients = backward_pass(modules, dscores)",
    "_, weight_gradients = backward_pass(modules, np.ones_like(scores))",
    say=(
        "You send ones back instead of `dscores`. The way back starts with the gradient that "
        "the loss function gives."
    ),
    inside="training_step",
)
