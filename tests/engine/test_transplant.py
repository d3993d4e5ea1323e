"""The same weights in every style of a network: the same outputs; in a mutant: others."""

from __future__ import annotations

import functools

import keras
import numpy as np
import pytest
from keras import layers, ops

import autograder.checks as checks
from course_lib.checking import Case, judge_case, run_probe
from course_lib.structure import transplant, weight_shapes


def module(
    width=4,
    order=(0, 1, 2),
    norm_first=True,
    pool=layers.MaxPooling2D,
    stride_late=False,
    relu_late=True,
    dilate=False,
    shortcut="input",
    head="dense",
):
    """Three branches, a bottleneck with a shortcut, and a head."""
    image = keras.Input((16, 16, 3))

    def conv(x, filters, kernel, strides=1, dilation=1):
        x = layers.Conv2D(
            filters, kernel, strides, padding="same", use_bias=False, dilation_rate=dilation
        )(x)
        if norm_first:
            return ops.relu(layers.BatchNormalization()(x))
        return layers.BatchNormalization()(layers.ReLU()(x))

    branches = [
        lambda: conv(image, width, 1),
        lambda: conv(conv(image, width + 1, 1), width + 2, 3, dilation=2 if dilate else 1),
        lambda: pool(3, 1, padding="same")(conv(image, width + 3, 3)),
    ]
    x = layers.concatenate([branches[i]() for i in order])
    x = layers.MaxPooling2D(2)(layers.DepthwiseConv2D(3, padding="same")(x))
    first, second = (1, 2) if stride_late else (2, 1)
    y = conv(conv(x, width, 1, first), width, 3, second)
    y = layers.BatchNormalization()(layers.Conv2D(2 * width, 1, use_bias=False)(y))
    start = {"input": x, "branch": conv(x, 3 * width + 5, 1)}[shortcut]
    z = layers.BatchNormalization()(layers.Conv2D(2 * width, 1, 2, use_bias=False)(start))
    out = ops.relu(y + z) if relu_late else ops.relu(y) + z
    if head == "conv":
        return keras.Model(image, layers.Flatten()(layers.Conv2D(5, 4)(out)))
    return keras.Model(image, layers.Dense(5)(layers.Flatten()(out)))


RNG = np.random.default_rng(11)
IMAGES = RNG.normal(size=(3, 16, 16, 3)).astype("float32")


def case(**options) -> Case:
    rng = np.random.default_rng(5)
    return checks.transplant(like=module, rng=rng, inputs=IMAGES, label="as built", **options)


@pytest.fixture(scope="module", params=[False, True], ids=["inference", "training"])
def example(request: pytest.FixtureRequest) -> Case:
    return case(training=request.param)


@pytest.mark.parametrize(
    "style",
    [
        module,
        lambda: module(order=(1, 2, 0)),
        lambda: module(order=(2, 1, 0)),
        lambda: module(order=(2, 0, 1), head="conv"),
    ],
)
def test_every_style_computes_the_same(example, style):
    assert judge_case(example, run_probe(example.probe, style), "module").outcome == "passed"


@pytest.mark.parametrize("head", ["dense", "dense on pixels", "convolution"])
def test_a_head_behind_branches_in_another_order(head):
    def network(order=(0, 1), head="dense"):
        image = keras.Input((8, 8, 3))
        branches = [layers.Conv2D(4, 1)(image), layers.Conv2D(5, 3, padding="same")(image)]
        x = layers.concatenate([branches[i] for i in order])
        if head == "dense":
            return keras.Model(image, layers.Dense(6)(layers.GlobalAveragePooling2D()(x)))
        if head == "dense on pixels":
            return keras.Model(image, layers.GlobalAveragePooling2D()(layers.Dense(6)(x)))
        if head == "convolution on pixels":
            return keras.Model(image, layers.GlobalAveragePooling2D()(layers.Conv2D(6, 1)(x)))
        x = layers.Conv2D(6, 1)(ops.mean(x, axis=(1, 2), keepdims=True))
        return keras.Model(image, layers.Flatten()(x))

    images = RNG.normal(size=(2, 8, 8, 3)).astype("float32")
    pixels = head == "dense on pixels"
    like = functools.partial(network, head="convolution on pixels" if pixels else "dense")
    example = checks.transplant(like=like, rng=RNG, inputs=images, label="a head")
    observation = run_probe(example.probe, lambda: network((1, 0), head))
    assert judge_case(example, observation, "network").outcome == "passed"


@pytest.mark.parametrize(
    "mutation",
    [
        {"norm_first": False},
        {"stride_late": True},
        {"relu_late": False},
        {"pool": layers.AveragePooling2D},
        {"dilate": True},
    ],
)
def test_a_mutant_with_the_same_weights_does_not(example, mutation):
    result = judge_case(example, run_probe(example.probe, lambda: module(**mutation)), "module")
    assert result.outcome == "failed"


def test_other_weights_are_refused_with_their_names():
    example = case()
    observation = run_probe(example.probe, lambda: module(width=5))
    assert observation.error["type"] == "ValueError"
    assert "was expected" in observation.error["message"]
    observation = run_probe(example.probe, lambda: module(shortcut="branch"))
    assert "weight arrays" in observation.error["message"]


def test_weights_are_where_they_were_put():
    model = module()
    shapes = weight_shapes(model)
    transplant(model, [np.full(shape, float(i)) for i, (_, shape) in enumerate(shapes)])
    values = sorted({float(np.unique(weight).item()) for weight in model.get_weights()})
    assert values == [float(i) for i in range(len(shapes))]
