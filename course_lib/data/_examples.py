"""From all the examples of a data set to its three splits, the same way everywhere."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

PARTS = ("train", "validation", "test")
# `train_images`, `train_labels`, ... as in an exported file; `test_labels` may be missing.
Arrays = dict[str, np.ndarray]


@dataclass(frozen=True)
class Examples:
    """A data set as its source has it.

    Attributes:
        images: `(examples, height, width, channels)`, uint8.
        labels: class numbers `(examples,)`.
        test_images: the official test split, where there is one.
        test_labels: its class numbers.
    """

    images: np.ndarray
    labels: np.ndarray
    test_images: np.ndarray | None = None
    test_labels: np.ndarray | None = None

    def divided(self) -> Arrays:
        """The three splits, with the classes mixed in each.

        With an official test split, a tenth of every training class becomes the validation
        split. Without one, of every class 70 % are for training, 10 % for validation and 20 % for
        the test.
        """
        if self.test_images is None or self.test_labels is None:
            train, validation, test = _rows(self.labels, test_share=0.2)
            images, labels = self.images, self.labels
        else:
            train, validation, _ = _rows(self.labels, test_share=0.0)
            images, labels = self.test_images, self.test_labels
            test = _shuffled(np.arange(len(labels)))
        return {
            "train_images": self.images[train],
            "train_labels": self.labels[train].astype(np.int64),
            "validation_images": self.images[validation],
            "validation_labels": self.labels[validation].astype(np.int64),
            "test_images": images[test],
            "test_labels": labels[test].astype(np.int64),
        }


def by_digest(contents: list[bytes]) -> list[int]:
    """The row numbers in the order of the contents' digests.

    That mixes classes in the same way everywhere, whatever a random generator does.
    """
    digests = [hashlib.blake2b(content, digest_size=16).digest() for content in contents]
    return sorted(range(len(contents)), key=digests.__getitem__)


def _rows(labels: np.ndarray, test_share: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row numbers of the train, validation and test split: the same shares of every class."""
    part = np.zeros(len(labels), np.int64)
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        test, validation = round(test_share * len(rows)), round(0.1 * len(rows))
        part[rows[:test]] = 2
        part[rows[test : test + validation]] = 1
    train, validation_rows, test_rows = (
        _shuffled(np.flatnonzero(part == number)) for number in range(3)
    )
    return train, validation_rows, test_rows


def _shuffled(rows: np.ndarray) -> np.ndarray:
    # Within a class a split is a range of rows, and that range ends elsewhere in a rarer class:
    # in the source's order the first and last images would be of a few classes only.
    def key(row: int) -> bytes:
        return hashlib.blake2b(row.to_bytes(4, "big"), digest_size=16).digest()

    return np.array(sorted(rows.tolist(), key=key), np.int64)
