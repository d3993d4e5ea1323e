"""Every reference in styles drawn by lot earns full marks; with one wrong change it does not."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import keras
import numpy as np
import pytest
from notebooks import notebook
from styles import Style

import autograder.checks as checks
from course_lib.blueprints import Blueprint, LayerBlueprint, blueprint
from course_lib.checking import Case, CaseResult, judge_case, run_probe
from solutions.a05_classics.vgg.checks import NARROW

pytestmark = [
    pytest.mark.skipif(
        keras.backend.backend() != "tensorflow", reason="some styles are TensorFlow's"
    ),
    pytest.mark.filterwarnings("ignore"),  # Keras warns of styles that are unusual.
]


@dataclass(frozen=True)
class Network:
    """A narrow network of a notebook: its builder's name and arguments."""

    source: str
    builder: str
    args: tuple[Any, ...] = ()
    options: tuple[tuple[str, Any], ...] = ()
    block: bool = False

    def __str__(self) -> str:
        return self.builder

    @property
    def build(self) -> Callable[[], keras.Model]:
        ours = notebook(self.source).ours
        made = getattr(ours, self.builder)
        if self.block:
            made = ours.as_model(made)
        return lambda: made(*self.args, **dict(self.options))

    @property
    def custom(self) -> dict[str, Any]:
        """The notebook's own layers."""
        return {
            name: value
            for name, value in vars(notebook(self.source).ours).items()
            if isinstance(value, type) and issubclass(value, keras.layers.Layer)
        }


CLASSICS, DEEPER, EFFICIENT = "a05_classics", "a06_deeper", "a07_efficient"
NARROW_FILTERS = (4, 6, 8, 6, 4)
NETWORKS = [
    Network("a00_first_light/first_light", "build_lenet"),
    Network(f"{CLASSICS}/lenet", "build_lenet", ((5, 6), 7, 4, (8, 12, 2))),
    Network(f"{CLASSICS}/alexnet", "build_alexnet_64", ((83, 99, 2), NARROW_FILTERS, 7, 5)),
    Network(f"{CLASSICS}/alexnet", "build_alexnet", ((67, 99, 2), NARROW_FILTERS, 7, 5, 2)),
    Network(f"{CLASSICS}/alexnet", "build_zfnet", ((64, 96, 2), NARROW_FILTERS, 7, 5)),
    Network(f"{CLASSICS}/vgg", "vgg", (NARROW, (12, 8, 3), 9, 5), (("batch_norm", True),)),
    Network(f"{CLASSICS}/vgg", "network_in_network",
            (((3, (5, 4, 6)), (5, (7, 3, 4))), (10, 13, 2))),
    Network(f"{DEEPER}/inception", "inception", ((8, 9, 5), (2, 3, 4, 5, 6, 7)),
            (("mixed", 3),), block=True),
    Network(f"{DEEPER}/inception", "inception_v2", ((8, 9, 5), (2, 3, 4, 5, 6, 7)),
            (("mixed", 3),), block=True),
    Network(f"{DEEPER}/inception", "auxiliary_head", ((11, 8, 4), 5), (("conv_filters", 3),
            ("units", 6)), block=True),
    Network(f"{DEEPER}/inception", "xception_block", ((10, 12, 4), 6, True), block=True),
    Network(f"{DEEPER}/resnet", "basic_block", ((8, 10, 4), 6, 2), block=True),
    Network(f"{DEEPER}/resnet", "resnet", ((1, 2, 1, 1), True, "3x3", 2, 5, (48, 40, 1))),
    Network(f"{DEEPER}/resnet", "preactivation_resnet", (1, 3, 4, (8, 10, 3))),
    Network(f"{DEEPER}/beyond_resnet", "se_block", ((8, 10, 12), 3, 2, 4), block=True),
    Network(f"{DEEPER}/beyond_resnet", "wide_block", ((8, 10, 4), 6, 2, 0.25), block=True),
    Network(f"{DEEPER}/beyond_resnet", "resnext_block", ((8, 10, 12), 6, 3, 2, 4), block=True),
    Network(f"{DEEPER}/densenet", "densenet", ((2, 2), 3, True, 0.5, False, 4, 5, (8, 12, 3))),
    Network(f"{DEEPER}/densenet", "fractal", ((8, 10, 3), 5, 3), block=True),
    Network(f"{DEEPER}/densenet", "pyramid_block", ((8, 10, 4), 7, 2), block=True),
    Network(f"{EFFICIENT}/mobilenet", "separable_block", ((8, 10, 4), 6, 2), block=True),
    Network(f"{EFFICIENT}/efficient", "inverted_residual", ((8, 10, 4), 4, 1, 3), block=True),
    Network(f"{EFFICIENT}/efficient", "shuffle_unit", ((8, 10, 12), 12, 3), block=True),
    Network(f"{EFFICIENT}/efficient", "fire", ((8, 10, 6), 3, 5), block=True),
]  # fmt: skip
UGLY = re.compile(
    r"\b(maxpool|averagepool|localresponsenormalization|batchnormalization|getitem)\b"
)


def cases(network: Network) -> list[Case]:
    """Structure and outputs, as the notebooks' checks ask for them."""
    like = network.build
    rng = np.random.default_rng(3)
    [shape] = blueprint(like).input_shapes
    images = rng.normal(size=(2, *shape[1:])).astype("float32")
    return [
        checks.structure(like=like, label="the layers"),
        checks.transplant(like=like, rng=rng, inputs=images, label="the outputs"),
    ]


def judged(case: Case, builder: Callable[[], keras.Model]) -> CaseResult:
    return judge_case(case, run_probe(case.probe, builder), "network")


def require_full_marks(network: Network, seeds: range, outputs: bool) -> None:
    plan = blueprint(network.build)
    asked = cases(network)[: 2 if outputs else 1]
    for seed in seeds:
        for case in asked:
            result = judged(case, lambda seed=seed: Style(plan, seed, network.custom).build())
            assert result.outcome == "passed", (seed, case.label, result.finding)


@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_every_style_earns_full_marks(network: Network) -> None:
    require_full_marks(network, range(3), outputs=False)
    require_full_marks(network, range(6, 7), outputs=True)


ONCE = [keras.layers.Conv2D(4, 3), keras.layers.BatchNormalization(), keras.layers.Dense(5)]


def from_layers_made_once() -> keras.Model:
    image = keras.Input((8, 8, 3))
    convolution, norm, dense = ONCE
    x = keras.ops.relu(norm(convolution(image)))
    return keras.Model(image, dense(keras.layers.Flatten()(x)))


def made_anew() -> keras.Model:
    return keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            keras.layers.Conv2D(4, 3),
            keras.layers.BatchNormalization(),
            keras.layers.ReLU(),
            keras.layers.Flatten(),
            keras.layers.Dense(5),
        ]
    )


@pytest.mark.parametrize("builder", [from_layers_made_once, cache(made_anew)])
def test_layers_may_be_made_once_for_all_networks(builder: Callable[[], keras.Model]) -> None:
    images, rng = np.ones((2, 8, 8, 3)), np.random.default_rng(3)
    asked = [
        checks.structure(like=made_anew, label="the layers"),
        checks.transplant(like=made_anew, rng=rng, inputs=images, label="the outputs"),
    ]
    for case in asked:
        result = judged(case, builder)
        assert result.outcome == "passed", (case.label, result.finding)
    model = builder()
    model.compile("sgd", "mse")
    before = np.array(model.weights[0])
    model.fit(np.ones((4, 8, 8, 3)), np.ones((4, 5)), verbose=0)
    assert np.any(np.array(model.weights[0]) != before)


@pytest.mark.slow
@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_many_styles_earn_full_marks(network: Network) -> None:
    require_full_marks(network, range(10, 40), outputs=True)


# --------------------------------------------------------------------------- one wrong change


def changes(plan: Blueprint) -> Iterator[tuple[str, Blueprint]]:
    """Every change of one layer that this test knows."""
    for place, layer in enumerate(plan.layers):
        for what, other in _changed(layer):
            layers = (*plan.layers[:place], other, *plan.layers[place + 1 :])
            yield f"{layer.name}: {what}", replace(plan, layers=layers)


def _changed(layer: LayerBlueprint) -> Iterator[tuple[str, LayerBlueprint]]:
    kind, config = layer.class_name, dict(layer.config)

    def with_(**values: Any) -> tuple[str, LayerBlueprint]:
        return str(values), replace(layer, config=config | values)

    if kind in ("Conv2D", "Dense", "SeparableConv2D"):
        yield with_(use_bias=not config["use_bias"])
        yield with_(activation="tanh" if config["activation"] == "relu" else "relu")
        if config["activation"] != "linear":
            yield with_(activation="linear")
    if kind == "Dense":
        yield with_(units=config["units"] + 1)
    if kind == "Conv2D":
        yield with_(filters=config["filters"] + config["groups"])
        yield with_(kernel_size=[side + 2 for side in config["kernel_size"]])
        yield with_(padding="valid" if config["padding"] == "same" else "same")
        yield with_(strides=[3 - min(stride, 2) for stride in config["strides"]])
    if kind in ("MaxPooling2D", "AveragePooling2D"):
        other = "AveragePooling2D" if kind == "MaxPooling2D" else "MaxPooling2D"
        yield other, replace(layer, class_name=other)
        yield with_(pool_size=[side + 1 for side in config["pool_size"]])
        yield with_(strides=[stride + 1 for stride in config["strides"]])
    if kind == "GlobalAveragePooling2D":
        yield "maximum", replace(layer, class_name="GlobalMaxPooling2D")
    if kind == "Add":
        yield "product", replace(layer, class_name="Multiply")
    if kind in ("ReLU", "Relu", "Activation", "Dropout", "BatchNormalization", "ZeroPadding2D") or (
        kind in ("MaxPooling2D", "LocalResponseNormalization")
    ):
        gone = replace(layer, class_name="Identity", kind="layer", config={}, weights=())
        yield "left out", gone


def computes_the_same(network: Network, plan: Blueprint, other: Blueprint) -> bool:
    """Whether two networks with the same numbers as weights give the same."""
    models = [Style(each, None, network.custom).build() for each in (plan, other)]
    shapes = [[tuple(weight.shape) for weight in model.weights] for model in models]
    if shapes[0] != shapes[1] or models[0].output_shape != models[1].output_shape:
        return False
    rng = np.random.default_rng(8)
    values = [rng.uniform(0.2, 1, shape) * rng.choice([1, 1, -1]) for shape in shapes[0]]
    values = [abs(v) if v.ndim == 1 else v - v.mean() for v in values]
    images = rng.normal(size=(4, *plan.input_shapes[0][1:])).astype("float32")
    outputs = []
    for model in models:
        model.set_weights(values)
        outputs.append(np.asarray(model(images)))
    return bool(np.allclose(*outputs, rtol=1e-4, atol=1e-6))


def require_rejection(network: Network, seeds: range) -> None:
    plan = blueprint(network.build)
    structure, _ = cases(network)
    every = list(changes(plan))
    for seed in seeds:
        what, wrong = random.Random(seed).choice(every)
        builder = lambda seed=seed, wrong=wrong: Style(wrong, seed, network.custom).build()  # noqa: E731
        result = judged(structure, builder)
        if result.outcome == "passed":
            assert "Dropout" not in what
            assert computes_the_same(network, plan, wrong), (seed, what)
            continue
        assert result.finding is not None
        if result.outcome == "error":  # Keras itself could not put it together.
            continue
        assert result.outcome == "failed", (seed, what)
        text = f"{result.finding.message} {result.finding.expected} {result.finding.observed}"
        text = re.sub(r"`[^`]*`", "", text)  # names of the student's own
        assert result.finding.message.endswith((".", "?")), (seed, what, text)
        assert not UGLY.search(text), (seed, what, text)
        assert "connected differently" not in text, (seed, what, text)


@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_one_wrong_change_is_rejected_with_a_message(network: Network) -> None:
    require_rejection(network, range(3))


@pytest.mark.slow
@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_many_wrong_changes_are_rejected(network: Network) -> None:
    require_rejection(network, range(10, 60))
