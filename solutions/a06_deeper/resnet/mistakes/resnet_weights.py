"""Mistakes in `resnet_weights`."""

from autograder.checks import change, instead

instead(
    "weights_by_name",
    say=(
        "You name the arrays after their layers, and a file sorts its names: the order of the "
        "network is lost. `training.save_weights` numbers them."
    ),
    hint=None,  # The first shape that does not fit is told.
)
from safetensors.numpy import save_file


def hand_in(score, path):
    save_file({weight.path: np.array(weight) for weight in score.model.weights}, path)


change(
    "weights_for_whole_digits",
    """
    image = keras.Input((28, 28, 1), name="digit")
    small = layers.AveragePooling2D(2, name="shrink")(image)
    return keras.Model(image, cifar_resnet(1, width=8, input_shape=(14, 14, 1))(small))
    """,
    """
    return cifar_resnet(1, width=8, input_shape=(28, 28, 1))
    """,
    say=(
        "You trained on shrunken digits, and your network gets them as they are. Its weights fit "
        "images of any size, so the shrinking must be part of it."
    ),
    hint=None,  # An accuracy has many causes.
)

change(
    "weights_of_another_width",
    """
    image = keras.Input((28, 28, 1), name="digit")
    small = layers.AveragePooling2D(2, name="shrink")(image)
    return keras.Model(image, cifar_resnet(1, width=8, input_shape=(14, 14, 1))(small))
    """,
    """
    image = keras.Input((28, 28, 1))
    small = layers.AveragePooling2D(2)(image)
    return keras.Model(image, cifar_resnet(1, input_shape=(14, 14, 1))(small))
    """,
    say=(
        "You build a network of sixteen filters and trained one of eight: hand in the weights of "
        "the network that `digit_resnet` builds."
    ),
    hint=None,  # The shapes that do not fit are told.
)

change(
    "weights_of_the_plain_network",
    """
    image = keras.Input((28, 28, 1), name="digit")
    small = layers.AveragePooling2D(2, name="shrink")(image)
    return keras.Model(image, cifar_resnet(1, width=8, input_shape=(14, 14, 1))(small))
    """,
    """
    image = keras.Input((28, 28, 1))
    small = layers.AveragePooling2D(2)(image)
    return keras.Model(image, cifar_resnet(1, None, width=8, input_shape=(14, 14, 1))(small))
    """,
    say=(
        "You trained the residual network and build the plain one. Option A has no weights, so the "
        "file fits, and every sum is missing."
    ),
    hint=None,  # An accuracy has many causes.
)

change(
    "weights_untrained",
    "training.save_weights(score.model, path)",
    "training.save_weights(digit_resnet(), path)",
    say=(
        "You write the weights of a fresh network. What you trained is another object: hand in its "
        "weights."
    ),
    hint=None,  # An accuracy has many causes.
)

instead(
    "weights_without_statistics",
    say=(
        "You hand in the trainable weights alone. The running means and variances of the "
        "normalization belong to the network, too."
    ),
    hint=None,  # How many arrays are missing is told.
)
from safetensors.numpy import save_file


def hand_in(score, path):
    weights = score.model.trainable_weights
    arrays = {f"weight_{i:04}": np.array(weight) for i, weight in enumerate(weights)}
    save_file(arrays, path)
