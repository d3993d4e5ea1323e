"""What the ResNet notebook builds, counted and compared with everything that is known of it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebooks import COURSE, judged, notebook

from autograder.checks.oracles import keras_gradients
from course_lib import costs, data, slides, training
from course_lib.blueprints import blueprint
from course_lib.checking import BuildBlueprint, CheckFailed, check, judge_case, run_probe
from course_lib.checking.store import contents
from course_lib.gradients import numerical_gradient
from course_lib.structure import canonical, compare
from solutions.a06_deeper.resnet.checks import (
    ARCHITECTURES,
    WEIGHTS,
    padded,
)

NOTEBOOK = notebook("a06_deeper/resnet")
OURS = NOTEBOOK.ours

seeds = st.integers(0, 2**32 - 1)


def built(name: str) -> Any:
    return ARCHITECTURES[name].of(OURS)


@pytest.mark.parametrize("n", [1, 3, 5, 9, 18])
def test_the_formula_counts_what_is_built(n: int) -> None:
    table = costs.count(lambda: OURS.cifar_resnet(n))
    assert OURS.cifar_costs(n) == {"parameters": table.trainable_parameters, "macs": table.macs}


def test_the_formula_gives_the_deepest_network() -> None:
    network = ARCHITECTURES["ResNet-1202"]
    assert OURS.cifar_costs(200) == {"parameters": network.parameters, "macs": network.macs}
    convolutions = slides.fact("F1005")
    assert convolutions.exact() == network.macs - 64 * 10
    assert not convolutions.agrees()


@pytest.mark.parametrize("name", ["ResNet-50", "ResNet-101"])
def test_the_networks_of_keras_differ_in_their_biases_alone(name: str) -> None:
    make = getattr(keras.applications, ARCHITECTURES[name].application)
    found = compare(canonical(blueprint(built(name))), canonical(blueprint(make, weights=None)))
    assert found
    assert all("biases" in difference.message for difference in found)


def test_the_biases_that_keras_adds() -> None:
    with_biases = blueprint(keras.applications.ResNet50, weights=None).parameters
    ours = blueprint(built("ResNet-50")).parameters
    assert with_biases - ours == OURS.keras_biases["all"] == 26_560


def test_blocks_cost_what_the_slides_say() -> None:
    """The formula of the notebook, and blocks that are built and counted."""
    height, width, channels = 12, 10, 6
    for kind, block, before in [
        ("basic", OURS.basic_block, channels),
        ("bottleneck", OURS.bottleneck_block, 4 * channels),
    ]:
        builder = OURS.as_model(block)
        table = costs.count(lambda b=builder, c=before: b((height, width, c), channels))
        assert table.macs == OURS.block_macs(height, width, channels)[kind]


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_the_gradients_agree_with_keras_and_with_differences(seed: int) -> None:
    rng = np.random.default_rng(seed)
    batch, features, hidden = rng.integers(1, 6, 3)
    x = rng.normal(size=(batch, features))
    w1, w2 = rng.normal(size=(features, hidden)), rng.normal(size=(hidden, features))
    dout = rng.normal(size=x.shape)
    corners = [x @ w1, np.maximum(x @ w1, 0) @ w2 + x]
    if min(np.abs(corner).min() for corner in corners) < 1e-3:
        return  # A difference across the corner of a ReLU says nothing.

    def forward(x: Any, w1: Any, w2: Any) -> Any:
        ops = keras.ops
        return ops.relu(ops.matmul(ops.relu(ops.matmul(x, w1)), w2) + x)

    found = OURS.residual_backward(dout, x, w1, w2)
    for ours, theirs in zip(found, keras_gradients(forward, x, w1, w2, upstream=dout), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)
    numerical = numerical_gradient(lambda z: OURS.residual_forward(z, w1, w2), x, dout)
    np.testing.assert_allclose(found[0], numerical, atol=1e-6)


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_the_padding_shortcut_agrees_with_loops(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shape, strides, more = rng.integers(1, 7, 4), int(rng.integers(1, 4)), int(rng.integers(0, 5))
    x = rng.normal(size=shape)
    filters = int(shape[-1]) + more
    result = np.asarray(OURS.padding_shortcut(x, filters, strides))
    np.testing.assert_array_equal(result, padded(x, filters, strides))


@pytest.mark.parametrize("training", [False, True])
def test_blocks_with_zero_gamma_are_the_identity(training: bool) -> None:
    """A whole stack of them leaves what comes out of a ReLU as it is."""
    image = keras.Input((8, 6, 3))
    x = image
    for number in range(4):
        x = OURS.basic_block(x, 3, zero_gamma=True, name=f"block{number}")
    inputs = np.abs(np.random.default_rng(2).normal(size=(2, 8, 6, 3))).astype("float32")
    outputs = np.asarray(keras.Model(image, x)(inputs, training=training))
    np.testing.assert_array_equal(outputs, inputs)


def test_a_preactivation_block_with_a_last_kernel_of_zeros_is_the_identity() -> None:
    """Of values of any sign, which the first design cannot be."""
    model = OURS.as_model(OURS.preactivation_block)((8, 6, 3), 3)
    kernel = model.get_layer("block_2").kernel
    kernel.assign(np.zeros(kernel.shape))
    inputs = np.random.default_rng(3).normal(size=(2, 8, 6, 3)).astype("float32")
    np.testing.assert_array_equal(np.asarray(model(inputs, training=True)), inputs)


def test_option_a_costs_nothing() -> None:
    """A residual network has the parameters and the work of its plain twin."""
    plain, residual = (costs.count(lambda s=s: OURS.cifar_resnet(2, s)) for s in (None, "padding"))
    assert plain.parameters == residual.parameters
    assert plain.macs == residual.macs
    projections = costs.count(lambda: OURS.cifar_resnet(2, "projection"))
    assert projections.trainable_parameters - plain.trainable_parameters == (
        16 * 32 + 32 * 64 + 2 * (32 + 64)
    )


def test_what_a_padded_shortcut_computes_tells_where_the_zeros_are() -> None:
    """The channels in another place among the zeros."""
    right = OURS.padding_shortcut

    def shifted(x: Any, filters: int, strides: int) -> Any:
        return keras.ops.roll(right(x, filters, strides), 1, axis=-1)

    cases = [case for case in NOTEBOOK.cases("cifar_resnet") if "with padding" in case.label]
    assert len(cases) == 2
    for case in cases:
        assert judged(case, OURS.cifar_resnet, "cifar_resnet").outcome == "passed"
        with pytest.MonkeyPatch.context() as patched:
            patched.setitem(OURS.cifar_resnet.__globals__, "padding_shortcut", shifted)
            assert judged(case, OURS.cifar_resnet, "cifar_resnet").outcome == "failed"


def test_a_ready_made_network_is_refused() -> None:
    """Under any of its names."""

    def borrowed(*args: Any, **kwargs: Any) -> Any:
        return keras.applications.ResNet50(weights=None)

    case = NOTEBOOK.checks["resnet"].public_cases(b"test", OURS)[1]
    assert isinstance(case.probe, BuildBlueprint)
    observation = run_probe(case.probe, borrowed, case.forbids)
    assert observation.outcome == "forbidden"
    finding = judge_case(case, observation, "resnet").finding
    assert finding is not None
    assert "which is what you are asked to write yourself" in finding.message


@pytest.mark.parametrize(
    ("mistake", "check", "words"),
    [
        ("resnet/without_pool", "resnet", "pool1 is missing"),
        ("resnet/average_pool", "resnet", "pool1 should be 3×3 max pooling"),
        (
            "basic_block/basic_relu_before_addition",
            "basic_block",
            "and ReLU are in the wrong order",
        ),
        (
            "basic_block/basic_stride_in_second",
            "basic_block",
            "block_1 has the wrong stride: 1×1 instead of 2×2",
        ),
        ("basic_block/basic_with_bias", "basic_block", "biases, and should have none"),
        (
            "preactivation_resnet/preactivation_without_the_last_norm",
            "preactivation_resnet",
            "last_bn",
        ),
    ],
)
def test_a_mistake_is_told_in_the_words_of_the_slides(mistake: str, check: str, words: str) -> None:
    """Without the sentences of known mistakes: what the comparison itself finds."""
    wrong = NOTEBOOK.with_variant(mistake)
    messages = []
    for case in NOTEBOOK.checks[check].public_cases(b"test", OURS):
        observation = run_probe(case.probe, wrong.subject(check))
        finding = judge_case(case, observation, check).finding
        messages += [f"{finding.message} {finding.details}"] if finding else []
    assert any(words in message for message in messages), messages


# Weights that are handed in


def handed_in(variant: str = "") -> Path:
    """The weights that the audit hands in."""
    return COURSE.files(NOTEBOOK.assignment, NOTEBOOK.name, variant)[WEIGHTS]


def test_at_home_the_weights_pass_as_soon_as_they_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CheckFailed, match=r"There are no weights resnet\.safetensors beside"):
        check("resnet_weights", OURS.digit_resnet)
    shutil.copy(handed_in(), tmp_path)
    check("resnet_weights", OURS.digit_resnet)


def test_what_the_notebook_writes_is_what_was_trained(tmp_path: Path) -> None:
    """On so few digits the network learns nothing, but its weights are its own."""
    digits = data.load("mnist").train.take(64)
    score = OURS.train_resnet(digits.images, digits.labels, epochs=1)
    OURS.hand_in(score, tmp_path / WEIGHTS)
    network = OURS.digit_resnet()
    before = network.predict(digits.images, verbose=0)
    training.set_weights(network, training.read_weights(tmp_path / WEIGHTS))
    found = network.predict(digits.images, verbose=0)
    np.testing.assert_allclose(found, score(digits.images), rtol=1e-4, atol=1e-6)
    assert np.abs(found - before).max() > 0.01


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        (
            "resnet_weights/weights_of_another_width",
            "the shape (3, 3, 1, 16), in the file (3, 3, 1, 8)",
        ),
        ("resnet_weights/weights_without_statistics", "37 weight arrays, the file has 23"),
        ("resnet_weights/weights_by_name", "written for another network"),
        ("resnet_weights/weights_of_the_plain_network", "accuracy on unseen examples is too low"),
        ("resnet_weights/weights_for_whole_digits", "accuracy on unseen examples is too low"),
        ("resnet_weights/weights_untrained", "accuracy on unseen examples is too low"),
    ],
)
def test_other_weights_are_refused(
    mistake: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(handed_in(mistake), tmp_path)
    wrong = NOTEBOOK.with_variant(mistake)
    with pytest.raises(CheckFailed) as refused:
        check("resnet_weights", wrong.subject("resnet_weights"))
    assert words in str(refused.value)


def test_the_files_of_the_audit_are_small_belong_to_somebody_and_stay_here() -> None:
    beside = COURSE.folder(NOTEBOOK.assignment, NOTEBOOK.name) / "files"
    files = list(beside.rglob("*.safetensors"))
    assert handed_in() in files
    variants = {variant.name for variant in NOTEBOOK.variants}
    released = [
        array.tobytes()
        for path in (COURSE.cases_dir / NOTEBOOK.assignment).iterdir()
        for _, arrays in contents(path.read_bytes()).values()
        for array in arrays.values()
    ]
    assert released
    handed_out = (COURSE.assignments_dir / NOTEBOOK.assignment).glob("[!.]*")
    assert {path.suffix for path in handed_out} == {".ipynb"}
    for file in files:
        assert file.stat().st_size < 1 << 20
        assert file.parent.relative_to(beside).as_posix() in variants | {"."}
        kernels = [array.tobytes() for array in training.read_weights(file) if array.ndim == 4]
        assert kernels
        assert not any(kernel in content for kernel in kernels for content in released)
