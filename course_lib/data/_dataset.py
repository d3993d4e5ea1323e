"""What a loaded data set is: three splits of images and labels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


class LabelsWithheldError(Exception):
    """The labels of this split are not here."""

    def __init__(self) -> None:
        super().__init__(
            "The labels of the test split stay with the grader; use the validation split."
        )


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

    def __repr__(self) -> str:
        withheld = ", labels withheld" if self.known_labels is None else ""
        return f"Split({len(self)} images of shape {self.images.shape[1:]}{withheld})"


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """A data set with three disjoint splits.

    Attributes:
        name: as given to `load`.
        train: what a network learns from.
        validation: for choosing: epochs, learning rate, architecture.
        test: for the last word, looked at once.
        class_names: what the class numbers mean.
        source: where the images come from.
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
