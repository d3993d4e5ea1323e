"""Which Keras networks give the scores that are judged: what is told of them to the judge.

For every kind of network that a trained object uses, its weights are taken away for a moment, and
the object is asked once more. Nothing here judges: `scored_by` does, where the labels are.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from course_lib.checking.kept import reached
from course_lib.structure import Graph
from course_lib.structure._graph import OPAQUE

EXAMPLES = 500
"""So many examples are scored without the weights; all, if there are fewer."""
_KINDS = 6
"""Kinds of networks that are looked at: an answer uses one, the notebook around it a few."""
_WEIGHTS = (0.0, 1e-3)
"""What weights are set to: equal ones know nothing. Some code divides by them, so not only 0."""
_STATISTICS = frozenset(
    {"mean", "variance", "moving_mean", "moving_variance", "gamma", "beta", "count"}
)
"""Weights that normalize, in whatever shape."""


def looks_behind(
    trained: Any, score: Callable[[np.ndarray], np.ndarray], inputs: np.ndarray
) -> list[dict[str, Any]]:
    """What a trained object predicts without the weights of its networks, kind by kind.

    Networks with the same kernels are of one kind: a network and the one around it that pads its
    images, or the members of an ensemble.

    Args:
        trained: a Keras model, or a function that uses some.
        score: scores inputs with it.
        inputs: of which the first ones are scored.

    Returns:
        For each kind its `kernels` (`"5 5 1 20"`), how many `sums` it has (`None` if that cannot be
        seen), the classes `predicted` without its weights (`None` if scoring fails then), and
        whether it is `within` the object's reach.
    """
    few = inputs[:EXAMPLES]
    networks_found, within = _networks_in(trained)
    kinds = _kinds(networks_found)
    return [
        {
            "kernels": kernels,
            "sums": _sums(networks[0], inputs.shape[1:]),
            "predicted": _predicted_without(networks, score, few),
            "within": within,
        }
        for kernels, networks in list(kinds.values())[:_KINDS]
    ]


def kernel(shape: Iterable[int]) -> str:
    """The shape of a weight array as it is told to the judge."""
    return " ".join(str(int(size)) for size in shape)


def is_kernel(name: str, shape: Iterable[int]) -> bool:
    """Whether a weight array is that of a convolution or a dense layer."""
    return len(tuple(shape)) > 1 and name not in _STATISTICS


def count_sums(graph: Graph) -> int | None:
    """How many sums a network has; `None` if a part of it cannot be seen."""
    if any(OPAQUE in node.settings for node in graph.nodes):
        return None
    return sum(node.op == "add" for node in graph.nodes)


def _networks_in(trained: Any) -> tuple[list[Any], bool]:
    """The Keras models that an object reaches, and those inside these; whether it reaches any.

    Where none is found, all that there are: one may be kept where nobody can look, in a cache.
    """
    import keras

    found = [one for one in reached(trained) if issubclass(type(one), keras.Model)]
    within = any(network.weights for network in found)
    if not within:
        found = [one for one in gc.get_objects() if issubclass(type(one), keras.Model)]
    inside = [
        layer
        for network in found
        for layer in network._flatten_layers()
        if isinstance(layer, keras.Model)
    ]
    return [network for network in {id(n): n for n in inside}.values() if network.weights], within


def _kinds(networks: list[Any]) -> dict[tuple[str, ...], tuple[list[str], list[Any]]]:
    """Networks by the sizes of their kernels, whatever the order of these."""
    kinds: dict[tuple[str, ...], tuple[list[str], list[Any]]] = {}
    for network in networks:
        kernels = [
            kernel(weight.shape)
            for weight in network.weights
            if is_kernel(weight.name, weight.shape)
        ]
        kinds.setdefault(tuple(sorted(kernels)), (kernels, []))[1].append(network)
    return kinds


def _sums(network: Any, input_shape: tuple[int, ...]) -> int | None:
    from course_lib.blueprints import blueprint_with_variables
    from course_lib.structure import canonical

    try:
        found, _ = blueprint_with_variables(network, input_shape)
        return count_sums(canonical(found))
    except Exception:  # A network may be written so that only running it shows what it does.
        return None


def _predicted_without(
    networks: list[Any], score: Callable[[np.ndarray], np.ndarray], inputs: np.ndarray
) -> np.ndarray | None:
    for value in _WEIGHTS:
        with contextlib.suppress(Exception), _all_weights(networks, value):
            scores = score(inputs)
            predicted = scores.argmax(axis=1) if scores.ndim == 2 else scores
            return np.asarray(predicted, dtype=np.int64)
    return None


@contextlib.contextmanager
def _all_weights(networks: list[Any], value: float) -> Iterator[None]:
    import keras

    # Of Keras itself: a class of the student's may have methods of these names.
    learned = [keras.Model.get_weights(network) for network in networks]
    try:
        for network, weights in zip(networks, learned, strict=True):
            keras.Model.set_weights(network, [np.full_like(weight, value) for weight in weights])
        yield
    finally:
        for network, weights in zip(networks, learned, strict=True):
            keras.Model.set_weights(network, weights)
