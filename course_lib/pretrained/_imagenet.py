"""What goes into a network for ImageNet, and what its 1,000 outputs mean."""

from __future__ import annotations

import functools
import json
from typing import Any

import numpy as np

from course_lib.pretrained._package import packaged_file


@functools.cache
def imagenet_classes() -> tuple[str, ...]:
    """The names of the 1,000 classes of ImageNet, in the order of a network's outputs.

    They are those of the package imagenet-classes (MIT licence).

    Raises:
        MissingPackageError: if that package is not installed.
    """
    path = packaged_file("imagenet_classes", "imagenet-classes", "imagenet1k_clean_names.json")
    return tuple(json.loads(path.read_text(encoding="utf-8")))


def likeliest(probabilities: Any, count: int = 5) -> list[list[tuple[str, float]]]:
    """The classes of ImageNet with the largest probabilities, for each image.

    Args:
        probabilities: `(batch, 1000)`.
        count: how many classes, the likeliest first.

    Returns:
        For each image a list of `(name, probability)`.

    Raises:
        ValueError: if there are not 1,000 columns.
    """
    values = np.asarray(probabilities)
    names = imagenet_classes()
    if values.ndim != 2 or values.shape[1] != len(names):
        raise ValueError(
            f"`probabilities` must be (batch, {len(names)}). Received: shape {values.shape}"
        )
    order = np.argsort(-values, axis=1, kind="stable")[:, :count]
    return [
        [(names[index], float(row[index])) for index in best]
        for row, best in zip(values, order, strict=True)
    ]


def preprocess(images: Any, size: int = 224) -> np.ndarray:
    """Photographs as `efficientnet_lite0` wants them.

    The square in the middle of each image is resized to `size` pixels (bicubic, averaging over
    what gets lost), and its values from 0 to 255 become (value - 127) / 128.

    Args:
        images: one photograph `(height, width, 3)`, a batch `(batch, height, width, 3)`, or a list
            of photographs of different sizes; floats in [0, 1], or uint8.
        size: height and width of the result, in pixels.

    Returns:
        `(batch, size, size, 3)`, float32, about -1 to 1. One photograph is a batch of one.

    Raises:
        ValueError: if an image has another shape or values out of its range.

    Example:
        `preprocess(data.photo("china")).shape` is `(1, 224, 224, 3)`.
    """
    if not isinstance(images, (list, tuple)):
        images = np.asarray(images)
        images = images[np.newaxis] if images.ndim == 3 else images
    return np.stack([_prepared(np.asarray(image), size) for image in images])


def _prepared(image: np.ndarray, size: int) -> np.ndarray:
    from PIL import Image

    if image.ndim != 3 or image.shape[-1] != 3:
        raise ValueError(
            f"An image must be (height, width, 3), the channels last. Received: {image.shape}"
        )
    if image.dtype != np.uint8:
        if not (image.min() >= 0 and image.max() <= 1):
            raise ValueError(
                "The values of an image must be floats from 0 to 1, or uint8. Received: "
                f"{image.dtype} from {image.min():g} to {image.max():g}"
            )
        image = np.rint(255 * image).astype(np.uint8)
    side = min(image.shape[:2])
    top, left = (image.shape[0] - side) // 2, (image.shape[1] - side) // 2
    middle = Image.fromarray(image[top : top + side, left : left + side])
    resized = np.asarray(middle.resize((size, size), Image.Resampling.BICUBIC), np.float32)
    return (resized - 127) / 128
