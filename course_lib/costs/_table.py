"""The result of `count`: rows and totals, for a notebook, a terminal and Markdown."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from course_lib.blueprints import Shape
from course_lib.costs._conventions import Conventions

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HEADINGS = ("Layer", "Type", "Output shape", "Parameters", "MACs", "Memory", "Receptive field")


@dataclass(frozen=True)
class CostRow:
    """What one layer costs, for one example.

    Attributes:
        layer: Name.
        type: Keras class.
        output_shape: Shape of its first output, with the batch dimension first (`None`).
        parameters: Its parameters, under the table's conventions.
        trainable_parameters: Those that an optimizer would change.
        macs: Multiply-adds of all its calls, or `None` where they are not known.
        activation_bytes: Bytes of the outputs of all its calls, or `None` likewise.
        receptive_field: Input positions that one output value sees, for each spatial axis, or
            `None` where that is not known. A layer behind a global one sees the whole input.
        calls: How often it is used.
        note: Why something is not known, or an empty string.
        largest_bytes: Bytes of the outputs of the call that has the most, or `None`.
    """

    layer: str
    type: str
    output_shape: Shape | None
    parameters: int
    trainable_parameters: int
    macs: int | None
    activation_bytes: int | None
    receptive_field: tuple[int | None, ...] | None
    calls: int = 1
    note: str = ""
    largest_bytes: int | None = None

    @property
    def flops(self) -> int | None:
        """Twice the MACs: one multiplication and one addition each."""
        return None if self.macs is None else 2 * self.macs


@dataclass(frozen=True)
class CostTable:
    """What a network costs, for one example. Prints as a table anywhere.

    Attributes:
        name: The model's name.
        rows: One `CostRow` for each layer, in order of execution. A shared layer has one row.
        conventions: What was counted, and how numbers are shown.
    """

    name: str
    rows: tuple[CostRow, ...]
    conventions: Conventions

    @property
    def parameters(self) -> int:
        """Number of parameters, a shared layer's once."""
        return sum(row.parameters for row in self.rows)

    @property
    def trainable_parameters(self) -> int:
        """Number of parameters that an optimizer would change."""
        return sum(row.trainable_parameters for row in self.rows)

    @property
    def macs(self) -> int:
        """Multiply-adds, a shared layer's for every call; a lower bound if any is unsupported."""
        return sum(row.macs or 0 for row in self.rows)

    @property
    def flops(self) -> int:
        """Twice `macs`."""
        return 2 * self.macs

    @property
    def activation_bytes(self) -> int:
        """Bytes of all layers' outputs; a lower bound if any is not known."""
        return sum(row.activation_bytes or 0 for row in self.rows)

    @property
    def largest_activation_bytes(self) -> int:
        """Bytes that the layer with the largest output writes, in one call of it."""
        return max((row.largest_bytes or 0 for row in self.rows), default=0)

    @property
    def unsupported(self) -> tuple[str, ...]:
        """What is missing from the totals: `"name (Class): reason"` for each such layer."""
        return tuple(f"{row.layer} ({row.type}): {row.note}" for row in self.rows if row.note)

    def row(self, layer: str) -> CostRow:
        """Returns the row of the layer called `layer`; raises `KeyError` if there is none."""
        for row in self.rows:
            if row.layer == layer:
                return row
        raise KeyError(f"No layer named {layer!r} in the cost table of {self.name!r}.")

    def to_markdown(self) -> str:
        """Returns the table in Markdown."""
        lines = [
            "| " + " | ".join(HEADINGS) + " |",
            "|" + "|".join([" :--- "] * 3 + [" ---: "] * 4) + "|",
        ]
        lines += ["| " + " | ".join(cells) + " |" for cells in self._cells(_markdown)]
        lines.append("| " + " | ".join(f"**{c}**" if c else "" for c in self._total()) + " |")
        return "\n".join([*lines, "", *self._remarks(_markdown)])

    def __str__(self) -> str:
        rows = [HEADINGS, *self._cells(_plain), self._total()]
        widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]

        def line(cells: tuple[str, ...]) -> str:
            padded = [
                cell.ljust(width) if column < 3 else cell.rjust(width)
                for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
            ]
            return "  ".join(padded).rstrip()

        rule = "-" * len(line(tuple("x" * width for width in widths)))
        body = [line(row) for row in rows]
        return "\n".join(
            [
                self._title(_plain),
                body[0],
                rule,
                *body[1:-1],
                rule,
                body[-1],
                *self._remarks(_plain),
            ]
        )

    def __rich__(self) -> Any:
        """Returns a `rich` table, for `rich.print`."""
        from rich.markup import escape
        from rich.table import Table

        def safe(text: str) -> str:
            return escape(_plain(text))

        table = Table(
            title=self._title(safe), caption="\n".join(self._remarks(safe)), show_footer=True
        )
        for column, (heading, total) in enumerate(zip(HEADINGS, self._total(), strict=True)):
            number = column >= 3  # a narrow terminal may fold names, but never cut a number
            table.add_column(
                heading,
                footer=total,
                justify="right" if number else "left",
                no_wrap=number,
                overflow="fold",
            )
        for cells in self._cells(safe):
            table.add_row(*cells)
        return table

    def _repr_html_(self) -> str:
        def row(cells: tuple[str, ...], tag: str) -> str:
            styles = ["text-align:left"] * 3 + ["text-align:right"] * 4
            inner = "".join(
                f'<{tag} style="{style}">{cell}</{tag}>'
                for cell, style in zip(cells, styles, strict=True)
            )
            return f"<tr>{inner}</tr>"

        body = "\n".join(row(cells, "td") for cells in self._cells(_html))
        remarks = "".join(f"<p>{remark}</p>" for remark in self._remarks(_html))
        return (
            f"<table>\n<caption>{self._title(_html)}</caption>\n"
            f"<thead>{row(HEADINGS, 'th')}</thead>\n<tbody>\n{body}\n</tbody>\n"
            f"<tfoot>{row(self._total(), 'th')}</tfoot>\n</table>{remarks}"
        )

    def plot(self) -> Figure:
        """Plots memory, parameters and MACs for each layer; see `course_lib.costs.plot`."""
        from course_lib.costs._plot import plot

        return plot(self)

    def _title(self, escape: Callable[[str], str]) -> str:
        return f"Cost of {escape(self.name)} for one example"

    def _cells(self, escape: Callable[[str], str]) -> list[tuple[str, ...]]:
        kilo = self.conventions.kilo
        cells: list[tuple[str, ...]] = []
        for row in self.rows:
            times = f" ×{row.calls}" if row.calls > 1 else ""
            cells.append(
                (
                    escape(row.layer) + times,
                    escape(row.type),
                    "" if row.output_shape is None else show_shape(row.output_shape),
                    f"{row.parameters:,}",
                    "?" if row.macs is None else f"{row.macs:,}",
                    show_bytes(row.activation_bytes, kilo),
                    show_field(row.receptive_field),
                )
            )
        return cells

    def _total(self) -> tuple[str, ...]:
        kilo = self.conventions.kilo
        at_least_macs = "≥ " if any(row.macs is None for row in self.rows) else ""
        at_least_bytes = "≥ " if any(row.activation_bytes is None for row in self.rows) else ""
        return (
            "Total",
            "",
            "",
            f"{self.parameters:,}",
            f"{at_least_macs}{self.macs:,}",
            at_least_bytes + show_bytes(self.activation_bytes, kilo),
            "",
        )

    def _remarks(self, escape: Callable[[str], str]) -> list[str]:
        kilo = self.conventions.kilo
        remarks = [
            f"{show_count(self.parameters, kilo)} parameters "
            f"({show_count(self.trainable_parameters, kilo)} trainable), "
            f"{show_count(self.macs, kilo)} MACs (one multiply-add each). "
            f"K is {kilo}."
        ]
        remarks += [f"Not counted: {escape(entry)}." for entry in self.unsupported]
        return remarks


def show_shape(shape: Shape) -> str:
    """Returns a shape such as `28 × 28 × 20`, without the batch dimension."""
    return " × ".join("?" if size is None else str(size) for size in shape[1:]) or "1"


def show_field(field: tuple[int | None, ...] | None) -> str:
    """Returns a receptive field such as `5 × 5`; empty where it is unknown or has no axes."""
    if not field or None in field:
        return ""
    return " × ".join(str(size) for size in field)


def show_count(value: int, kilo: int) -> str:
    """Returns a number such as `138.4 M`."""
    return _scaled(value, kilo, ("", " K", " M", " G", " T", " P"))


def show_bytes(value: int | None, kilo: int) -> str:
    """Returns a size such as `12.8 MB`; `?` if it is not known."""
    if value is None:
        return "?"
    return _scaled(value, kilo, (" B", " KB", " MB", " GB", " TB", " PB"))


def _scaled(value: int, kilo: int, units: tuple[str, ...]) -> str:
    scaled, index = float(value), 0
    while scaled >= kilo and index < len(units) - 1:
        scaled, index = scaled / kilo, index + 1
    return f"{scaled:.4g}{units[index]}" if index else f"{value}{units[0]}"


def _plain(text: str) -> str:
    """Returns `text` without control characters, which a layer's name could carry."""
    return "".join("?" if unicodedata.category(char)[0] == "C" else char for char in text)


def _html(text: str) -> str:
    return html.escape(_plain(text))


def _markdown(text: str) -> str:
    escaped = html.escape(_plain(text), quote=False)
    for char in "\\`*_[]|":
        escaped = escaped.replace(char, "\\" + char)
    return escaped
