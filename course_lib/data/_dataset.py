"""What a loaded data set is: three splits of images and labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from course_lib.data._errors import LabelsWithheldError


@dataclass(frozen=True, eq=False, repr=False)
class Split:
    """Some images of a data set with their labels.

    The arrays are read-only, because every caller shares them; write to a copy (`images.copy()`).

    Attributes:
        images: `(examples, height, width, channels)`, float32 in [0, 1].
        known_labels: class numbers `(examples,)`, int64; `None` where they are withheld.
    """

    images: np.ndarray
    known_labels: np.ndarray | None

    @property
    def labels(self) -> np.ndarray:
        """Class numbers `(examples,)`, int64.

        Raises:
            LabelsWithheldError: if the labels of this split stay with the grader.
        """
        if self.known_labels is None:
            raise LabelsWithheldError
        return self.known_labels

    def __len__(self) -> int:
        return len(self.images)

    def take(self, count: int) -> Split:
        """The first `count` examples (all classes come mixed, so a few are a fair sample).

        Raises:
            ValueError: if there are not that many.
        """
        if not 0 < count <= len(self):
            raise ValueError(
                f"`count` must be between 1 and the {len(self)} examples of this split. "
                f"Received: count={count}"
            )
        labels = self.known_labels
        return Split(self.images[:count], None if labels is None else labels[:count])

    def only(self, classes: Sequence[int]) -> Split:
        """The examples of some classes, numbered anew from 0 in the order given.

        `mnist.train.only([7, 2])` holds the sevens as class 0 and the twos as class 1, in the
        order in which they stand in the split.

        Args:
            classes: class numbers, each once.

        Raises:
            LabelsWithheldError: if the labels of this split stay with the grader.
            ValueError: if there is no class, one twice, or one that this split does not have.
        """
        wanted = [int(label) for label in classes]
        present = np.unique(self.labels).tolist()
        if not wanted or len(set(wanted)) < len(wanted) or not set(wanted) <= set(present):
            raise ValueError(
                "`classes` must be classes of this split, each once; it has "
                f"{present}. Received: classes={wanted}"
            )
        number = np.full(max(present) + 1, -1, np.int64)
        number[wanted] = np.arange(len(wanted))
        rows = np.flatnonzero(number[self.labels] >= 0)
        return frozen_split(self.images[rows], number[self.labels[rows]])

    def per_class(self, count: int, seed: int = 0) -> Split:
        """A balanced sample: `count` examples of every class, classes mixed.

        The same seed gives the same examples everywhere; a larger `count` with the same seed
        adds examples to those of a smaller one.

        Args:
            count: examples of each class.
            seed: which sample.

        Raises:
            LabelsWithheldError: if the labels of this split stay with the grader.
            ValueError: if a class has fewer examples.
        """
        classes, sizes = np.unique(self.labels, return_counts=True)
        if not 0 < count <= sizes.min():
            raise ValueError(
                f"`count` must be between 1 and {sizes.min()}, the examples that the rarest class "
                f"of this split has. Received: count={count}"
            )
        # The legacy generator: its stream is frozen by NumPy's policy.
        order = np.random.RandomState(seed).permutation(len(self))
        ordered = self.labels[order]
        chosen = [order[np.flatnonzero(ordered == label)[:count]] for label in classes]
        rows = np.sort(np.concatenate(chosen))
        rows = rows[np.random.RandomState(seed).permutation(len(rows))]
        return frozen_split(self.images[rows], self.labels[rows])

    def __repr__(self) -> str:
        withheld = ", labels withheld" if self.known_labels is None else ""
        return f"Split({len(self)} images of shape {self.images.shape[1:]}{withheld})"


def frozen_split(images: np.ndarray, labels: np.ndarray | None) -> Split:
    """A split of these arrays, which nobody can write to from now on."""
    images = np.ascontiguousarray(images)
    images.flags.writeable = False
    if labels is not None:
        labels = np.array(labels, np.int64)
        labels.flags.writeable = False
    return Split(images, labels)


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """A data set with three disjoint splits.

    Attributes:
        name: as given to `load`.
        train: what a network learns from.
        validation: for choosing: epochs, learning rate, architecture.
        test: for the last word, looked at once.
        class_names: what the class numbers mean.
        source: where the images come from, and under which licence.
    """

    name: str
    train: Split
    validation: Split
    test: Split
    class_names: tuple[str, ...]
    source: str

    @property
    def image_shape(self) -> tuple[int, int, int]:
        """`(height, width, channels)` of one image."""
        height, width, channels = self.train.images.shape[1:]
        return height, width, channels

    @property
    def classes(self) -> int:
        """How many classes there are."""
        return len(self.class_names)

    def __repr__(self) -> str:
        return (
            f"Dataset({self.name!r}: {len(self.train)} train, {len(self.validation)} validation, "
            f"{len(self.test)} test images of shape {self.image_shape}, {self.classes} classes)"
        )
