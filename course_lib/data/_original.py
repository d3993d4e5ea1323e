"""Readers of the files that the authors of a data set published.

The files are data of strangers: archives are read in memory and never unpacked, and a pickle may
hold arrays, numbers, text and containers alone.
"""

from __future__ import annotations

import gzip
import io
import pickle
import struct
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from course_lib.data._errors import DamagedDataError
from course_lib.data._examples import Examples, by_digest

IDX_FILES = (
    "train-images-idx3-ubyte.gz",
    "train-labels-idx1-ubyte.gz",
    "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
)


def read_idx(folder: Path) -> Examples:
    """The four files of MNIST and of Fashion-MNIST."""
    images, labels, test_images, test_labels = (_idx(folder / name) for name in IDX_FILES)
    return Examples(
        images[..., np.newaxis], labels.astype(int), test_images[..., np.newaxis],
        test_labels.astype(int),
    )  # fmt: skip


def _idx(path: Path) -> np.ndarray:
    """One IDX file: two zero bytes, the type (8 is uint8), the dimensions, then the values."""
    with _damage_named(path):
        content = gzip.decompress(path.read_bytes())
        zeros, kind, dimensions = struct.unpack(">HBB", content[:4])
        shape = struct.unpack(f">{dimensions}I", content[4 : 4 + 4 * dimensions])
        if zeros != 0 or kind != 8:
            raise ValueError("the header is not that of an IDX file of bytes")
        return np.frombuffer(content, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def read_cifar10(folder: Path) -> Examples:
    """`cifar-10-python.tar.gz`: five training batches and a test batch."""
    members = _cifar_members(folder / "cifar-10-python.tar.gz", ("data_batch_", "test_batch"))
    train = [members[name] for name in sorted(members) if name != "test_batch"]
    return _cifar(train, members["test_batch"], b"labels")


def read_cifar100(folder: Path) -> Examples:
    """`cifar-100-python.tar.gz`, with the 100 fine labels."""
    members = _cifar_members(folder / "cifar-100-python.tar.gz", ("train", "test"))
    return _cifar([members["train"]], members["test"], b"fine_labels")


def _cifar_members(path: Path, wanted: tuple[str, ...]) -> dict[str, dict[bytes, Any]]:
    found: dict[str, dict[bytes, Any]] = {}
    with _damage_named(path), tarfile.open(path, "r:gz") as archive:
        for member in archive:
            name = member.name.rsplit("/", 1)[-1]
            if member.isfile() and name.startswith(wanted):
                content = archive.extractfile(member)
                found[name] = _DataUnpickler(io.BytesIO(content.read() if content else b"")).load()
        if not all(any(name.startswith(start) for name in found) for start in wanted):
            raise ValueError(f"the archive must hold {', '.join(wanted)}; it has {sorted(found)}")
    return found


def _cifar(train: list[dict[bytes, Any]], test: dict[bytes, Any], key: bytes) -> Examples:
    def images(batch: dict[bytes, Any]) -> np.ndarray:
        # A row holds the red plane, then the green one, then the blue one.
        return np.ascontiguousarray(batch[b"data"].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1))

    return Examples(
        np.concatenate([images(batch) for batch in train]),
        np.concatenate([np.asarray(batch[key], np.int64) for batch in train]),
        images(test),
        np.asarray(test[key], np.int64),
    )


class _DataUnpickler(pickle.Unpickler):
    """Reads Python 2's pickled dictionaries of arrays, and nothing that could run."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file, encoding="bytes")

    def find_class(self, module: str, name: str) -> Any:
        # Where NumPy keeps this function differs from version to version.
        reconstruct = np.empty(0).__reduce__()[0]
        allowed = {
            ("numpy.core.multiarray", "_reconstruct"): reconstruct,
            ("numpy._core.multiarray", "_reconstruct"): reconstruct,
            ("numpy", "ndarray"): np.ndarray,
            ("numpy", "dtype"): np.dtype,
        }
        if (module, name) not in allowed:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in a table of images")
        return allowed[module, name]


def read_flowers(folder: Path, size: int, class_names: tuple[str, ...]) -> Examples:
    """`flower_photos.tgz`: the largest centred square of each photograph, `size` × `size`."""
    from PIL import Image, ImageOps

    images: list[np.ndarray] = []
    labels: list[int] = []
    contents: list[bytes] = []
    path = folder / "flower_photos.tgz"
    with _damage_named(path), tarfile.open(path, "r:gz") as archive:
        for member in archive:
            parts = member.name.split("/")
            if not (member.isfile() and member.name.endswith(".jpg") and len(parts) >= 2):
                continue
            file = archive.extractfile(member)
            if file is None or parts[-2] not in class_names:
                continue
            content = file.read()
            with Image.open(io.BytesIO(content)) as image:
                # Lets the decoder halve the picture while it decodes: three times as fast.
                image.draft("RGB", (2 * size, 2 * size))
                square = ImageOps.fit(image.convert("RGB"), (size, size), Image.Resampling.BICUBIC)
            images.append(np.asarray(square))
            labels.append(class_names.index(parts[-2]))
            contents.append(content)
        if set(labels) != set(range(len(class_names))):
            raise ValueError(f"the archive must hold photographs of {', '.join(class_names)}")
    order = by_digest(contents)
    return Examples(np.stack(images)[order], np.array(labels, np.int64)[order])


@contextmanager
def _damage_named(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except (
        OSError, EOFError, ValueError, KeyError, struct.error, zlib.error,
        tarfile.TarError, pickle.UnpicklingError,
    ) as error:  # fmt: skip
        raise DamagedDataError(
            f"{path} cannot be read: {error}. Delete it and fetch the data set again."
        ) from error
