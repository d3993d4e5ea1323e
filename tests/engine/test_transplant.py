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
    assert observation.error["type"] == "OtherWeightsError"
    assert "was expected" in observation.error["message"]
    finding = judge_case(example, observation, "module").finding
    assert finding is not None
    assert "stopped" not in finding.message
    observation = run_probe(example.probe, lambda: module(shortcut="branch"))
    assert "weight arrays" in observation.error["message"]


def grouped(style="layer", epsilon=1e-3):
    """Two groups, a depthwise convolution and a normalization, in several styles."""
    x = image = keras.Input((6, 5, 4))
    if style == "by hand":
        parts = [layers.Conv2D(3, 3, activation="relu")(p) for p in ops.split(x, 2, axis=-1)]
        x = layers.DepthwiseConv2D(2)(ops.concatenate(parts, axis=-1))
    else:
        x = layers.Conv2D(6, 3, groups=2, activation="relu")(x)
        x = layers.Conv2D(6, 2, groups=6)(x)
    x = layers.BatchNormalization(epsilon=epsilon)(x)
    return keras.Model(image, layers.Dense(3)(layers.Flatten()(x)))


class Later(keras.Model):
    """Not built before it is called, or built as Keras does it for a subclass."""

    def __init__(self):
        super().__init__()
        self.norm, self.dense = layers.BatchNormalization(), layers.Dense(3)
        self.conv, self.depthwise = layers.Conv2D(6, 3, groups=2), layers.DepthwiseConv2D(2)

    def call(self, x):
        x = self.norm(self.depthwise(ops.relu(self.conv(x))))
        return self.dense(ops.reshape(x, (-1, 3 * 2 * 6)))


def built():
    model = Later()
    model.build((None, 6, 5, 4))
    return model


def sequential():
    return keras.Sequential(
        [
            layers.Conv2D(6, 3, groups=2),
            layers.ReLU(),
            layers.DepthwiseConv2D(2),
            layers.BatchNormalization(),
            layers.Flatten(),
            layers.Dense(3),
        ]
    )


@pytest.mark.filterwarnings("ignore:`build")
@pytest.mark.parametrize(
    "style",
    [
        lambda: grouped("by hand"),
        lambda: grouped(epsilon=1e-5),
        Later,
        built,
        sequential,
    ],
    ids=["groups by hand", "another epsilon", "subclassed", "subclassed and built", "sequential"],
)
def test_styles_that_no_task_forbids(style):
    images = RNG.normal(size=(2, 6, 5, 4)).astype("float32")
    example = checks.transplant(like=grouped, rng=RNG, inputs=images, label="a network")
    assert judge_case(example, run_probe(example.probe, style), "grouped").outcome == "passed"
    layout = checks.structure(like=grouped, label="its layers")
    assert judge_case(layout, run_probe(layout.probe, style), "grouped").outcome == "passed"


def test_no_epsilon_at_all_is_told_apart():
    images = RNG.normal(size=(2, 6, 5, 4)).astype("float32")
    example = checks.transplant(like=grouped, rng=RNG, inputs=images, label="a network")
    observation = run_probe(example.probe, lambda: grouped(epsilon=1.0))
    assert judge_case(example, observation, "grouped").outcome == "failed"


@pytest.mark.parametrize("made", [lambda: None, lambda: "a network", lambda: 3])
def test_no_model_is_no_exception_of_the_student(made):
    layout = checks.structure(like=grouped, label="its layers")
    example = case()
    for asked in (layout, example):
        finding = judge_case(asked, run_probe(asked.probe, made), "grouped").finding
        assert finding is not None
        assert "must return a Keras model" in finding.message


def test_what_a_task_leaves_open_may_be_either_way():
    images = RNG.normal(size=(2, 16, 16, 3)).astype("float32")
    other = functools.partial(module, norm_first=False)
    options = {"like": module, "also": [other]}
    run = checks.transplant(rng=RNG, inputs=images, label="either order", **options)
    for asked in (checks.structure(label="either order", **options), run):
        for style, outcome in ((module, "passed"), (other, "passed")):
            result = judge_case(asked, run_probe(asked.probe, style), "module")
            assert result.outcome == outcome
        wrong = functools.partial(module, stride_late=True)
        assert judge_case(asked, run_probe(asked.probe, wrong), "module").outcome == "failed"


def test_weights_are_where_they_were_put():
    model = module()
    shapes = weight_shapes(model)
    transplant(model, [np.full(shape, float(i)) for i, (_, shape) in enumerate(shapes)])
    values = sorted({float(np.unique(weight).item()) for weight in model.get_weights()})
    assert values == [float(i) for i in range(len(shapes))]
