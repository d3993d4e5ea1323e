"""One look for every figure of the course."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Okabe and Ito's palette, told apart with every kind of colour vision.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
INK, MUTED = "#1f2328", "#59636e"

_SETTINGS: dict[str, Any] = {
    "axes.axisbelow": True,
    "axes.edgecolor": MUTED,
    "axes.grid": True,
    "axes.labelcolor": INK,
    "axes.labelsize": 10,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "figure.dpi": 100,
    "figure.facecolor": "white",
    "figure.titlesize": 12,
    "figure.titleweight": "bold",
    "font.size": 10,
    "grid.color": "#e6e8eb",
    "grid.linewidth": 0.8,
    "legend.frameon": False,
    "legend.handlelength": 3,
    "lines.linewidth": 2,
    "savefig.bbox": "standard",
    "xtick.color": MUTED,
    "ytick.color": MUTED,
}


@contextlib.contextmanager
def style() -> Iterator[None]:
    """Draw in the course's style inside this `with` block."""
    import matplotlib as mpl
    from cycler import cycler

    settings: Any = {**_SETTINGS, "axes.prop_cycle": cycler(color=COLOURS)}
    with mpl.rc_context(settings):
        yield


def new_figure(rows: int = 1, columns: int = 1, **options: Any) -> tuple[Figure, Any]:
    """A figure with axes that a notebook shows once: when it is the value of the cell.

    Args:
        rows: of axes.
        columns: of axes.
        **options: for `matplotlib.pyplot.subplots`, `figsize` in inches among them.

    Returns:
        The figure and its axes, always as a `(rows, columns)` array.
    """
    # pyplot and not a bare Figure: selecting the backend is what teaches a notebook to show one.
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(rows, columns, squeeze=False, layout="constrained", **options)
    # Closed for pyplot alone: else the inline backend would show it again at the cell's end.
    plt.close(figure)
    return figure, axes
