"""Every network that a notebook's checks declare is rebuilt, weightlessly, and counted."""

from __future__ import annotations

from typing import Any

import keras
import pytest
from notebooks import COURSE, Notebook, every_notebook

from autograder.checks import load_checks
from course_lib import costs, slides
from course_lib.blueprints import blueprint
from solutions.architectures import Architecture

# Layers of our own, whose multiply-adds nobody counts.
HANDLERS = {name: lambda call: 0 for name in ("LocalResponseNorm", "LocalResponseNormalization")}


def declared() -> list[Any]:
    found = []
    for notebook in every_notebook():
        module = load_checks(COURSE, notebook.assignment, notebook.name)
        for name, network in getattr(module, "ARCHITECTURES", {}).items():
            slow = [pytest.mark.slow] if name == "ResNet-1202" else []
            param = pytest.param(notebook, network, id=f"{notebook.name}: {name}", marks=slow)
            found.append(param)
    return found


@pytest.mark.parametrize(("notebook", "network"), declared())
def test_the_declared_costs_are_those_of_the_network(
    notebook: Notebook, network: Architecture
) -> None:
    plan = blueprint(network.of(notebook.ours))
    table = costs.count(plan, handlers=HANDLERS)
    assert table.unsupported == ()
    assert table.trainable_parameters == network.parameters
    assert table.parameters == network.all_parameters
    assert table.macs == network.macs
    for fact, number in [
        (network.parameters_fact, network.parameters),
        (network.macs_fact, network.macs),
    ]:
        assert not fact or slides.fact(fact).exact() == number
    if network.application:
        # Keras keeps the biases of convolutions in front of batch normalization.
        theirs = getattr(keras.applications, network.application)
        of_keras = costs.count(lambda: theirs(weights=None), biases=False)
        ours = costs.count(plan, handlers=HANDLERS, biases=False)
        assert of_keras.trainable_parameters == ours.trainable_parameters
        assert of_keras.macs == ours.macs == network.macs
