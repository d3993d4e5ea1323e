"""Memory, parameters and MACs for each layer, as bars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from course_lib.costs._table import CostRow, CostTable

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PANELS = (
    ("activation_bytes", "Activation memory", "of activations", "B", "#4c72b0"),
    ("parameters", "Parameters", "parameters", "", "#dd8452"),
    ("macs", "Multiply-adds", "multiply-adds (MACs)", "", "#55a868"),
)
MOST_LABELS = 40  # more names than this overlap
PREFIXES = ("", "K", "M", "G", "T")


def plot(tables: CostTable | Mapping[str, CostTable]) -> Figure:
    """Plots what each layer costs: activation memory, parameters and MACs, one above the other.

    Layers that cost nothing (dropout, reshaping) are left out. The title of each panel gives the
    table's total; what the table does not know is missing from both.

    Args:
        tables: One `CostTable`, or several with the name to show for each, side by side with
            common axes, as the slides compare AlexNet with VGG-16 (Lecture 7,
            AlexNet vs VGG-16: Much bigger network!).

    Returns:
        A matplotlib figure.

    Raises:
        ValueError: If there is nothing to plot.

    Example:

    >>> costs.plot({"AlexNet": alexnet_table, "VGG-16": vgg_table}).savefig("costs.png")
    """
    from course_lib.plots import new_figure

    named = {tables.name: tables} if isinstance(tables, CostTable) else dict(tables)
    shown = {name: [row for row in table.rows if _costs(row)] for name, table in named.items()}
    if not any(shown.values()):
        raise ValueError(
            "There must be at least one layer with a cost to plot. "
            f"Received: {len(named)} table(s) without any"
        )
    most = max(len(rows) for rows in shown.values())
    figure, axes = new_figure(
        len(PANELS),
        len(named),
        figsize=(min(7 + 0.12 * most, 12) * min(len(named), 3) ** 0.7, 8.5),
        sharex="col",
        sharey="row",
    )
    for line, (attribute, title, noun, unit, colour) in enumerate(PANELS):
        values = {n: [getattr(r, attribute) or 0 for r in rows] for n, rows in shown.items()}
        kilo = next(iter(named.values())).conventions.kilo
        factor, prefix = _scale(max((v for vs in values.values() for v in vs), default=0), kilo)
        for column, (name, rows) in enumerate(shown.items()):
            axis = axes[line][column]
            axis.bar(range(len(rows)), [v / factor for v in values[name]], color=colour)
            total = getattr(named[name], attribute)
            total_factor, total_prefix = _scale(total, kilo)
            amount = f"{total / total_factor:.4g} {total_prefix}{unit}".strip()
            axis.set_title(f"{name}: {amount} {noun}", fontsize=10)
            axis.grid(axis="y", alpha=0.3)
            axis.set_axisbelow(True)
            axis.spines[["top", "right"]].set_visible(False)
            if column == 0:
                label = f"{prefix}{unit}".strip()
                axis.set_ylabel(f"{title} [{label}]" if label else title)
    for column, rows in enumerate(shown.values()):
        bottom = axes[-1][column]
        if len(rows) <= MOST_LABELS:
            bottom.set_xticks(range(len(rows)), [r.layer for r in rows], rotation=90, fontsize=8)
            bottom.set_xlabel("Layer")
        else:
            bottom.set_xlabel("Layer (number, in order of execution)")
    return figure


def _costs(row: CostRow) -> bool:
    return bool(row.parameters or row.macs or row.activation_bytes)


def _scale(largest: float, kilo: int) -> tuple[float, str]:
    factor = 1.0
    for prefix in PREFIXES:
        if largest < factor * kilo or prefix == PREFIXES[-1]:
            return factor, prefix
        factor *= kilo
    raise AssertionError("unreachable")
