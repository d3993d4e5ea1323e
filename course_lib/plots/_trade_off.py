"""What something costs against what it is worth, each point with its name."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from course_lib.plots._style import COLOURS, INK, MUTED, new_figure, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    Box = Any

MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
_DISTANCES = (7, 12, 18, 26, 36, 48, 64, 82, 102)
"""How far a name may stand from its point, in points (1/72 inch)."""
_DIRECTIONS = (0, 30, -30, 60, -60, 90, -90, 120, -120, 150, -150, 180)
_NARROW, _WIDE = 5, 200  # Largest cost over smallest: so many numbers stand at the axis.
_FAR = 11  # From here on a line leads from the name to its point.


def trade_off(
    values: Mapping[str, float],
    costs: Mapping[str, Mapping[str, float]],
    *,
    value_label: str,
    groups: Mapping[str, str] | None = None,
    joined: Collection[str] | None = None,
    title: str = "What it costs, and what it is worth",
) -> Figure:
    """One panel for each kind of cost, on a logarithmic axis; no name covers another.

    A group has a colour and a marker of its own, and a line joins its members in the order of their
    cost. What has no value, or not this cost, is left out of the panel.

    Args:
        values: what is worth what: `{"AlexNet": 62.5, ...}`, in the unit of `value_label`.
        costs: from the label of a horizontal axis, with its unit, to the cost of each:
            `{"parameters": {"AlexNet": 61_100_840, ...}, ...}`. All must be positive.
        value_label: of the vertical axis, with its unit.
        groups: to which group each belongs; by default all are one, and there is no legend.
        joined: the groups that a line joins; by default all.
        title: of the figure.

    Returns:
        A matplotlib figure.

    Raises:
        ValueError: if there is nothing to draw, or if a cost is not positive.

    Example:

    >>> plots.trade_off({"A": 70.6}, {"parameters": {"A": 4.2e6}}, value_label="accuracy (%)")
    """
    for label, column in costs.items():
        if wrong := [name for name, cost in column.items() if not cost > 0]:
            raise ValueError(
                f"On a logarithmic axis every cost must be positive. Received: {column[wrong[0]]} "
                f"for {wrong[0]!r} in {label!r}"
            )
    if not any(values.keys() & column.keys() for column in costs.values()):
        raise ValueError(
            "There must be at least one name with a value and a cost. "
            f"Received: {len(values)} values and {len(costs)} kinds of cost"
        )
    named = {name: (groups or {}).get(name, "") for name in values}
    kinds = list(dict.fromkeys(named.values()))
    with style():
        figure, axes = new_figure(1, len(costs), figsize=(5.6 * len(costs) ** 0.85, 4.8))
        for panel, (label, column) in zip(axes[0], costs.items(), strict=True):
            for number, kind in enumerate(kinds):
                points = sorted(
                    (column[name], values[name])
                    for name in values
                    if named[name] == kind and name in column
                )
                panel.plot(
                    *zip(*points, strict=True) if points else ([], []),
                    marker=MARKERS[number % len(MARKERS)],
                    color=COLOURS[number % len(COLOURS)],
                    linewidth=0.8 if kind and (joined is None or kind in joined) else 0,
                    markersize=6,
                    label=kind,
                )
            panel.set_xscale("log")
            panel.margins(x=0.16, y=0.12)
            _write_costs(panel, [column[name] for name in values if name in column])
            panel.set_xlabel(label)
        axes[0, 0].set_ylabel(value_label)
        if kinds != [""]:
            handles, labels = axes[0, 0].get_legend_handles_labels()
            figure.legend(handles, labels, loc="outside lower center", ncols=min(len(kinds), 6))
        figure.suptitle(title)
        figure.draw_without_rendering()  # Only now is it known where the points stand.
        for panel, column in zip(axes[0], costs.values(), strict=True):
            _write_names(panel, {n: (column[n], values[n]) for n in values if n in column})
    return figure


def _write_costs(axes: Any, found: list[float]) -> None:
    """Plain numbers at the axis: 0.5, 20, 300."""
    from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

    spread = max(found, default=1) / min(found, default=1)
    decades = LogLocator(subs=(1, 2, 5) if spread < _WIDE else (1,))
    axes.xaxis.set_major_locator(decades if spread > _NARROW else MaxNLocator(5))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda cost, _: f"{cost:,.6g}"))


def _write_names(axes: Any, points: Mapping[str, tuple[float, float]]) -> None:
    """Write each name beside its point, where nothing else stands."""
    from matplotlib.text import Text
    from matplotlib.transforms import Bbox

    figure = axes.get_figure()
    pixels = figure.dpi / 72
    places = {name: axes.transData.transform(point) for name, point in points.items()}
    taken = [Bbox.from_bounds(x - 5, y - 5, 10, 10) for x, y in places.values()]
    crossed = [Bbox.from_bounds(x - 1, y - 1, 2, 2) for x, y in _along(axes)]
    inside = axes.get_window_extent()
    # The crowded ones first: who has room finds a place later, too.
    order = sorted(places, key=lambda name: _nearest(name, places))
    for name in order:
        note = axes.annotate(
            name,
            points[name],
            (0, 0),
            textcoords="offset points",
            fontsize=8,
            color=INK,
            ha="center",
            va="center",
            arrowprops={"arrowstyle": "-", "color": MUTED, "linewidth": 0.6, "shrinkB": 4},
        )
        note.set_in_layout(False)
        size = Text.get_window_extent(note)  # without the line to its point
        best = min(
            _candidates(places[name], size.width, size.height, pixels),
            key=lambda found: _cost(found, taken, crossed, inside),
        )
        (x, y), distance, box = best
        note.set_position(((x - places[name][0]) / pixels, (y - places[name][1]) / pixels))
        if distance < _FAR:
            note.arrow_patch.set_visible(False)
        taken.append(box)


def _nearest(name: str, places: Mapping[str, Any]) -> float:
    x, y = places[name]
    return min(
        (math.hypot(x - a, y - b) for other, (a, b) in places.items() if other != name),
        default=math.inf,
    )


def _candidates(place: Any, width: float, height: float, pixels: float) -> Any:
    """Where a name may stand: its middle, how far from the point, and what it covers."""
    from matplotlib.transforms import Bbox

    for distance in _DISTANCES:
        for degrees in _DIRECTIONS:
            cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
            # The edge of the name, and not its middle, is as far away as the distance.
            x = place[0] + pixels * distance * cosine + width / 2 * round(cosine, 3)
            y = place[1] + pixels * distance * sine + height / 2 * round(sine, 3)
            box = Bbox.from_bounds(x - width / 2 - 1, y - height / 2 - 1, width + 2, height + 2)
            yield (x, y), distance, box


def _along(axes: Any) -> Iterator[tuple[float, float]]:
    """Places along the lines, in pixels."""
    for line in axes.lines:
        points = axes.transData.transform(line.get_xydata()) if line.get_linewidth() else []
        for (x, y), (next_x, next_y) in pairwise(points):
            steps = 1 + int(math.hypot(next_x - x, next_y - y) / 4)
            for step in range(steps):
                yield (x + (next_x - x) * step / steps, y + (next_y - y) * step / steps)


def _cost(found: Any, taken: list[Box], crossed: list[Box], inside: Box) -> float:
    """How bad a place is: what it covers, what it crosses, and how far it is from its point."""
    _, distance, box = found
    covered = sum(1 + shared for other in taken if (shared := _shared(box, other)))
    lines = sum(1 for other in crossed if _shared(box, other))
    outside = max(0, inside.x0 - box.x0) + max(0, box.x1 - inside.x1)
    outside += max(0, inside.y0 - box.y0) + max(0, box.y1 - inside.y1)
    return float(1000 * (covered + outside) + 3 * lines + distance)


def _shared(box: Box, other: Box) -> float:
    """The area that two boxes have in common."""
    width = min(box.x1, other.x1) - max(box.x0, other.x0)
    height = min(box.y1, other.y1) - max(box.y0, other.y0)
    return float(width * height) if width > 0 and height > 0 else 0.0
