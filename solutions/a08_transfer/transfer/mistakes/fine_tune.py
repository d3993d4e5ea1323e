"""Mistakes in `fine_tune`."""

from autograder.checks import change

change(
    "first_layers",
    "trained = convolutions[len(convolutions) - last :]",
    "trained = convolutions[:last]",
    say=(
        "You unfreeze the first convolutions. They are the most generic ones; begin at the end of "
        "the base."
    ),
    inside="fine_tune",
)

change(
    "head_frozen",
    """
    base.trainable = True
    """,
    """
    model.trainable = True
    model.get_layer("head").trainable = False
    """,
    say=(
        "You freeze the head together with the base. The head goes on learning; only layers of the "
        "base are frozen."
    ),
    inside="fine_tune",
)

change(
    "norms_trained",
    """
    layer.trainable = layer in trained
    """,
    """
    layer.trainable = layer in trained or (
        last > 0 and isinstance(layer, layers.BatchNormalization)
    )
    """,
    say=(
        "You train batch normalization as well. It stays frozen when layers around it are unfrozen."
    ),
    inside="fine_tune",
)

change(
    "not_compiled",
    "compile_network(model, learning_rate / 10)",
    "model.optimizer.learning_rate.assign(learning_rate / 10)",
    say=(
        "You do not compile again. The model has been trained before, and its optimizer still "
        "knows the old list of weights only: call `compile_network` last."
    ),
    inside="fine_tune",
)

change(
    "same_rate",
    "compile_network(model, learning_rate / 10)",
    "compile_network(model, learning_rate)",
    say=(
        "You keep the learning rate of the original training. A tenth of it is used: large steps "
        "destroy what is good already."
    ),
    inside="fine_tune",
)

change(
    "whole_base",
    """
    base.trainable = True
    convolutions = [layer for layer in base.layers if isinstance(layer, layers.Conv2D)]
    trained = convolutions[len(convolutions) - last :]
    for layer in base.layers:
        layer.trainable = layer in trained
    """,
    """
    base.trainable = True
    """,
    say=(
        "You unfreeze the whole base, whatever `last` says. Only its last convolutions are to be "
        "trained."
    ),
    inside="fine_tune",
)

change(
    "zero_is_all",
    "trained = convolutions[len(convolutions) - last :]",
    "trained = convolutions[-last:]",
    say=(
        "With `last` = 0 you unfreeze all convolutions: `[-0:]` is the whole list. Count from the "
        "front: `[len(convolutions) - last:]`."
    ),
    inside="fine_tune",
)


change(
    "last_layers",
    "convolutions = [layer for layer in base.layers if isinstance(layer, layers.Conv2D)]",
    "convolutions = base.layers",
    say=(
        "None of your convolutions learns. `last` counts convolutions, not layers of any kind, and "
        "`base.trainable` must be True before its layers are set."
    ),
    inside="fine_tune",
)
