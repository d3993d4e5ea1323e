"""What a classifier gets right and wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from course_lib.plots._images import image_grid
from course_lib.plots._style import INK, new_figure, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def confusion_matrix(
    matrix: Any, class_names: Sequence[str] | None = None, title: str = "Confusion matrix"
) -> Figure:
    """Counts of every pair of true and predicted class; colour is the share of the true class.

    Args:
        matrix: `(classes, classes)` counts; row the true class, column the predicted one.
        class_names: by default the class numbers.
        title: of the figure.

    Raises:
        ValueError: if the matrix is not square.
    """
    counts = np.asarray(matrix)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
        raise ValueError(f"`matrix` must be (classes, classes). Received: shape {counts.shape}")
    names = class_names or [str(index) for index in range(len(counts))]
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    size = 1.6 + 0.4 * len(counts)
    with style():
        figure, axes = new_figure(figsize=(size + 0.9, size))
        axis = axes[0, 0]
        axis.grid(False)
        drawn = axis.imshow(100 * share, cmap="Blues", vmin=0, vmax=100)
        for row, column in np.argwhere(counts):
            axis.text(
                column,
                row,
                f"{counts[row, column]:g}",
                ha="center",
                va="center",
                fontsize=9,
                fontweight="bold" if row != column else "normal",
                color="white" if share[row, column] > 0.5 else INK,
            )
        turned = {"rotation": 40, "ha": "right"} if max(map(len, names)) > 4 else {}
        axis.set_xticks(range(len(counts)), names, **turned)
        axis.set_yticks(range(len(counts)), names)
        axis.set_xlabel("predicted class")
        axis.set_ylabel("true class")
        axis.set_title(title)
        figure.colorbar(drawn, ax=axis, label="share of the true class (%)", shrink=0.85)
    return figure


def worst_mistakes(
    images: Any,
    labels: Any,
    probabilities: Any,
    class_names: Sequence[str] | None = None,
    count: int = 10,
    title: str = "",
) -> Figure:
    """The wrongly classified images to whose true class the network gave the least probability.

    Args:
        images: `(examples, height, width, channels)`.
        labels: true class numbers `(examples,)`.
        probabilities: `(examples, classes)`.
        class_names: by default the class numbers.
        count: at most this many.
        title: by default how many of the mistakes are shown.

    Raises:
        ValueError: if the three do not belong together, or if nothing is wrong.
    """
    labels, probabilities = np.asarray(labels), np.asarray(probabilities)
    if probabilities.ndim != 2 or not len(images) == len(labels) == len(probabilities):
        raise ValueError(
            "`images`, `labels` and `probabilities` must have one entry for each example, "
            "`probabilities` with one column for each class. Received: "
            f"{len(images)} images, {len(labels)} labels, probabilities {probabilities.shape}"
        )
    predicted = probabilities.argmax(axis=1)
    wrong = np.flatnonzero(predicted != labels)
    if not len(wrong):
        raise ValueError("There is no mistake to show: every image is classified right.")
    names = class_names or [str(index) for index in range(probabilities.shape[1])]
    worst = wrong[np.argsort(probabilities[wrong, labels[wrong]], kind="stable")][:count]
    captions = [
        f"is {names[labels[i]]} ({probabilities[i, labels[i]]:.1%})\n"
        f"read as {names[predicted[i]]} ({probabilities[i, predicted[i]]:.0%})"
        for i in worst
    ]
    title = title or f"The {len(worst)} worst of {len(wrong)} mistakes (probability given)"
    return image_grid(
        np.asarray(images)[worst],
        captions,
        title,
        columns=5,
        limits=(0.0, 1.0),
        cell_inches=1.6,
    )
