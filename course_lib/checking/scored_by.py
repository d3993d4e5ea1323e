"""Whether the network that a task asks for gives the scores of what was trained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from math import prod
from typing import Any

import numpy as np

from course_lib.checking.by_network import EXAMPLES, count_sums, is_kernel, kernel
from course_lib.checking.finding import Finding

_ABOVE_GUESSING = 0.1
"""Without its weights a network gives all images the same class; what knows more is another."""
_SHOWN = 12
_MUST = "What you return must score with the Keras model that you trained"
_HINT = "Let the network give the scores: nothing beside it, and no other network."


def scores_in(value: Any) -> Any:
    """The scores in what a probe of a trained network brought back."""
    return value["scores"] if isinstance(value, dict) and "scores" in value else value


def network_as_data(builder: Callable[[], Any]) -> dict[str, Any]:
    """What is asked of a network: the kernels and the sums of the one that a function builds."""
    from course_lib.blueprints import blueprint
    from course_lib.structure import canonical

    found = blueprint(builder)
    kernels = [
        kernel(weight.shape)
        for layer in found.layers
        for weight in layer.weights
        if is_kernel(weight.name, weight.shape)
    ]
    return {"kernels": kernels, "sums": count_sums(canonical(found)) or 0}


def network_difference(
    wanted: Sequence[dict[str, Any]], labels: np.ndarray, value: Any
) -> Finding | None:
    """What is wrong with the networks behind scores; `None` if they are what the task asks for.

    Args:
        wanted: the networks that are right, as `network_as_data` gives them; any, if there is none.
        labels: of the inputs, those of every training one after the other.
        value: what the probe brought back.
    """
    looks = value.get("looks") if isinstance(value, dict) else None
    if not isinstance(looks, list) or not looks or len(labels) % len(looks):
        return Finding(f"{_MUST}.", hint=_HINT)
    for found, own in zip(looks, np.split(labels, len(looks)), strict=True):
        difference = _difference(wanted, own[:EXAMPLES], found)
        if difference is not None:
            return difference
    return None


def _difference(wanted: Sequence[dict[str, Any]], labels: np.ndarray, found: Any) -> Finding | None:
    """The same for one training."""
    looks = [look for look in found if _is_look(look)] if isinstance(found, list) else []
    fitting = [look for look in looks if not wanted or any(_fits(one, look) for one in wanted)]
    if not fitting and not any(look.get("within") is True for look in looks):
        return Finding(f"{_MUST}. There is no Keras model with weights in it.", hint=_HINT)
    if not fitting:
        return Finding(
            "The network that gives the scores is not the one that the task asks for.",
            expected=" or ".join(_told(one["kernels"]) for one in wanted),
            observed="; ".join(_told(look["kernels"]) for look in looks),
            hint="Train the network of the task. It may stand in a larger model that prepares "
            "images or averages several of it.",
        )
    left = [_knowledge_left(labels, look) for look in fitting]
    return None if None in left else left[0]


def _is_look(look: Any) -> bool:
    return (
        isinstance(look, dict)
        and isinstance(look.get("kernels"), list)
        and all(isinstance(text, str) for text in look["kernels"])
        and isinstance(look.get("sums"), (int, type(None)))
    )


def _fits(wanted: dict[str, Any], look: dict[str, Any]) -> bool:
    """Whether a network is the wanted one, or some of them side by side.

    A dense layer and a convolution over the whole map are the same. More sums than there must be
    are those of what is around the network.
    """
    asked, seen = Counter(map(_sizes, wanted["kernels"])), Counter(map(_sizes, look["kernels"]))
    times = seen.total() // asked.total() if asked else 0
    if not times or seen != Counter({size: times * count for size, count in asked.items()}):
        return False
    return look["sums"] is None or look["sums"] >= times * wanted["sums"]


def _sizes(text: str) -> tuple[int, int]:
    """Inputs of a unit, and units, of a kernel."""
    *inputs, units = (int(size) if size.isdecimal() else 0 for size in text[:100].split(" "))
    return prod(inputs), units


def _knowledge_left(labels: np.ndarray, look: dict[str, Any]) -> Finding | None:
    """What a look found that is still known when the weights of these networks are away."""
    predicted = look.get("predicted")
    if not isinstance(predicted, np.ndarray) or predicted.shape != labels.shape:
        return Finding(
            f"{_MUST}, whatever its weights are. With all of them at 0, and at 0.001, your "
            "scores cannot be computed.",
            hint="Do not look at the weights where images are scored.",
        )
    guessing = Counter(labels.tolist()).most_common(1)[0][1] / len(labels)
    left = float(np.mean(predicted == labels))
    if left <= guessing + _ABOVE_GUESSING:
        return None
    return Finding(
        f"{_MUST}. With all weights of your network at 0, your scores are still right for "
        f"{left:.0%} of {len(labels)} images: they come from something else.",
        expected=f"no more than guessing, about {guessing:.0%}",
        observed=f"{left:.0%}",
        hint=_HINT,
    )


def _told(kernels: Sequence[str]) -> str:
    """The kernels of a network in a line."""
    shown = [f"({text[:40].replace(' ', ', ')})" for text in kernels[:_SHOWN]]
    more = len(kernels) - len(shown)
    return f"kernels of {', '.join(shown) or 'no layer'}" + (f" and {more} more" if more else "")
