"""Pictures in a grid: samples of a data set, feature maps, anything with pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from course_lib.plots._style import INK, new_figure, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from course_lib.data import Split


def image_grid(
    images: Any,
    captions: Sequence[str] | None = None,
    title: str = "",
    columns: int | None = None,
    colour_map: str = "gray",
    limits: tuple[float, float] | None = None,
    cell_inches: float = 1.25,
    colour_bar: str = "",
) -> Figure:
    """Images side by side, one pixel a square.

    Args:
        images: `(count, height, width)`, `(count, height, width, 1)` or `(count, height, width,
            3)`, or a sequence of such images, which may then differ in size.
        captions: a line above each.
        title: of the figure.
        columns: images in a row; by default up to ten.
        colour_map: for images of one channel.
        limits: the values drawn black and white, the same for all images; by default the least
            and the greatest value of all.
        cell_inches: width of one image.
        colour_bar: what the values of one-channel images are, with their unit; if given, a scale
            is drawn beside the grid.

    Raises:
        ValueError: if there is no image, or not one caption for each, or a strange shape.
    """
    pictures = [_two_dimensional(np.asarray(image)) for image in images]
    if not pictures:
        raise ValueError("`images` must hold at least one image. Received: none")
    if captions is not None and len(captions) != len(pictures):
        raise ValueError(
            f"`captions` must hold one line for each image. "
            f"Received: {len(captions)} captions, {len(pictures)} images"
        )
    lowest, highest = limits or (
        min(float(picture.min()) for picture in pictures),
        max(float(picture.max()) for picture in pictures),
    )
    columns = min(columns or 10, len(pictures))
    rows = math.ceil(len(pictures) / columns)
    aspect = max(picture.shape[0] / picture.shape[1] for picture in pictures)
    caption_inches = 0.2 * (1 + max(c.count("\n") for c in captions)) if captions else 0
    height = rows * (cell_inches * aspect + caption_inches + 0.08) + (0.4 if title else 0)
    with style():
        width = columns * cell_inches + (0.9 if colour_bar else 0)
        figure, axes = new_figure(rows, columns, figsize=(max(width, 2.5), height))
        drawn = None
        for index, axis in enumerate(axes.flat):
            axis.set_axis_off()
            if index >= len(pictures):
                continue
            picture = pictures[index]
            colours = {} if picture.ndim == 3 else {"cmap": colour_map, "vmin": lowest}
            if colours:
                colours["vmax"] = highest
            shown = np.clip(picture, 0, 1) if picture.ndim == 3 else picture
            drawn = axis.imshow(shown, interpolation="nearest", **colours)
            if captions is not None:
                axis.set_title(
                    captions[index], fontsize=9, fontweight="normal", color=INK, loc="center", pad=3
                )
        if colour_bar and drawn is not None:
            figure.colorbar(drawn, ax=axes, label=colour_bar, shrink=0.9)
        if title:
            figure.suptitle(title)
    return figure


def samples(
    split: Split,
    count: int = 20,
    class_names: Sequence[str] | None = None,
    title: str = "",
    columns: int = 10,
) -> Figure:
    """The first images of a split with their classes.

    Args:
        split: for example `data.load("mnist").train`.
        count: how many.
        class_names: what the class numbers mean; by default the numbers are shown.
        title: by default how many of how many are shown, and their size.
        columns: images in a row.
    """
    shown = split.take(min(count, len(split)))
    captions = None
    if shown.known_labels is not None:
        captions = [class_names[k] if class_names else str(k) for k in shown.known_labels]
    height, width = shown.images.shape[1:3]
    title = title or f"{len(shown)} of {len(split):,} images, {height}×{width} pixels"
    return image_grid(shown.images, captions, title, columns, limits=(0.0, 1.0))


def feature_maps(maps: Any, title: str = "", columns: int = 10, count: int | None = None) -> Figure:
    """The channels of a layer's output for one image, all on the same scale.

    Args:
        maps: `(height, width, channels)`, or the same with a batch axis of 1 in front.
        title: of the figure.
        columns: maps in a row.
        count: how many channels to show; by default all.

    Raises:
        ValueError: if there is more than one image in the batch, or another number of axes.
    """
    array = np.asarray(maps)
    if array.ndim == 4 and array.shape[0] == 1:
        array = array[0]
    if array.ndim != 3:
        raise ValueError(
            "`maps` must be the output for one image, (height, width, channels). "
            f"Received: shape {np.asarray(maps).shape}"
        )
    channels = array.shape[-1] if count is None else min(count, array.shape[-1])
    height, width = array.shape[:2]
    title = title or f"{channels} of {array.shape[-1]} feature maps, {height}×{width} pixels"
    captions = [f"channel {channel}" for channel in range(channels)]
    return image_grid(
        [array[..., channel] for channel in range(channels)],
        captions,
        title,
        columns,
        colour_map="viridis",
        colour_bar="activation",
    )


def _two_dimensional(image: np.ndarray) -> np.ndarray:
    if image.ndim == 3 and image.shape[-1] == 1:
        image = image[..., 0]
    if image.ndim == 2 or (image.ndim == 3 and image.shape[-1] == 3):
        return image
    raise ValueError(
        "Every image must be (height, width), (height, width, 1) or (height, width, 3). "
        f"Received: shape {image.shape}"
    )
