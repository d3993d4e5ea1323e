"""Whether a Keras network is what gives the scores that are judged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib._exceptions import CourseLibraryError
from course_lib.checking.kept import reached

_EXAMPLES = 16


class NotByANetworkError(CourseLibraryError, TypeError):
    """The scores come from something else than a Keras network."""


def require_network(trained: Any, score: Callable[[np.ndarray], np.ndarray], inputs: Any) -> None:
    """Take the weights away from what was trained, and see whether its scores change.

    Args:
        trained: a Keras model, or a function that uses some.
        score: scores inputs with it.
        inputs: of which a few are scored.

    Raises:
        NotByANetworkError: if no model is to be found, or what it has learned makes no difference.
    """
    import keras

    networks = [found for found in reached(trained) if isinstance(found, keras.Model)]
    networks = [network for network in networks if network.weights]
    if not networks:
        raise NotByANetworkError(
            "what you return must score with the Keras model that you trained. Received: "
            f"{type(trained).__name__}, in which there is no model with weights"
        )
    few = inputs[:_EXAMPLES]
    before = score(few)
    learned = [network.get_weights() for network in networks]
    try:
        for network, weights in zip(networks, learned, strict=True):
            network.set_weights([np.zeros_like(weight) for weight in weights])
        after = score(few)
    except Exception:  # Scores that cannot be made without the weights depend on them.
        return
    finally:
        for network, weights in zip(networks, learned, strict=True):
            network.set_weights(weights)
    if before.shape == after.shape and np.array_equal(before, after):
        raise NotByANetworkError(
            "what you return must score with the Keras model that you trained, but its scores stay "
            "the same when all weights of that model are 0: let the model give them"
        )
