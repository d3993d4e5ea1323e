"""Networks as compact pictures: a line for each layer, the data flowing downwards.

The drawing is SVG text, the same every time, and needs no other program. Text that comes from a
student's network is shortened and escaped.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from course_lib.blueprints import blueprint
from course_lib.structure._canonical import canonical
from course_lib.structure._differences import Difference
from course_lib.structure._graph import Graph, Node
from course_lib.structure._match import View, match
from course_lib.structure._words import op_name, times

_ROW, _LANE, _BOX, _MARGIN = 20, 9, 400, 10
_NAME_WIDTH = 130
_COLOURS = {
    "conv": "#dbe9f9",
    "dense": "#e6dcf5",
    "max_pool": "#fde7d3",
    "average_pool": "#fde7d3",
    "global_average_pool": "#fde7d3",
    "global_max_pool": "#fde7d3",
    "add": "#e3f3df",
    "concat": "#e3f3df",
    "multiply": "#e3f3df",
    "input": "#f1f1f1",
}
# What is written behind the layer that it follows, and how.
_FOLDED = {
    "batch_norm": "BN",
    "relu": "ReLU",
    **{op: op for op in ("relu6", "tanh", "sigmoid", "softmax", "elu", "selu", "gelu", "silu")},
    "leaky_relu": "leaky ReLU",
    "dropout": "dropout",
}
_MARK, _EDGE, _INK, _QUIET = "#c62828", "#8a95a3", "#1f2328", "#59636e"
_CONTEXT = 2  # rows shown around a difference
_MAX_ROWS = 400
_MAX_LANES = 600  # connections drawn; the shortest ones, if there are more


@dataclass(frozen=True)
class Drawing:
    """A picture of a network; notebooks show it as it is.

    Attributes:
        svg: the picture as SVG text.
    """

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg


@dataclass
class _Row:
    """A layer with what follows it directly (batch normalization, activation)."""

    nodes: list[int]
    name: str
    text: str
    shape: str
    colour: str
    sources: list[int] = field(default_factory=list)  # rows that it takes its inputs from


def draw(network: Any, title: str = "") -> Drawing:
    """The architecture: one line for each layer, with the shape of its output.

    Args:
        network: a Keras model, a function that builds one (nothing is allocated for it), or a
            canonical graph.
        title: above the picture; by default the number of parameters.
    """
    graph = network if isinstance(network, Graph) else canonical(blueprint(network))
    rows = _rows(graph)[:_MAX_ROWS]
    panel = _Panel(rows, list(range(len(rows))), frozenset())
    return Drawing(_document([panel], len(rows), [title or f"{graph.parameters:,} parameters"]))


def draw_differences(
    expected: Graph, observed: Graph, differences: Iterable[Difference], ignore: tuple[str, ...]
) -> Drawing:
    """Two networks side by side, the layers that differ marked in red.

    Long stretches in which both agree are left out.
    """
    differences = list(differences)
    ignored = frozenset(ignore)
    pairs = match(View(expected, ignored), View(observed, ignored))
    left, right = _rows(expected), _rows(observed)
    row_of = {node: number for number, row in enumerate(right) for node in row.nodes}
    places_left, places_right = _aligned(left, right, pairs, row_of)
    marks_left = {n for d in differences for n in d.expected_nodes}
    marks_right = {n for d in differences for n in d.observed_nodes}
    panels = [
        _Panel(left, places_left, frozenset(marks_left)),
        _Panel(right, places_right, frozenset(marks_right)),
    ]
    height = 1 + max(places_left + places_right, default=0)
    titles = [
        f"expected: {expected.parameters:,} parameters",
        f"yours: {observed.parameters:,} parameters",
    ]
    return Drawing(_document(panels, height, titles))


def _rows(graph: Graph) -> list[_Row]:
    users = graph.consumers()
    rows: list[_Row] = []
    row_of: dict[int, int] = {}
    for index, node in enumerate(graph.nodes):
        before = node.inputs[0] if len(node.inputs) == 1 else None
        if (
            node.op in _FOLDED
            and before is not None
            and len(users[before]) == 1
            and rows[row_of[before]].nodes[-1] == before
            and graph.nodes[rows[row_of[before]].nodes[0]].op != "input"
        ):
            row = rows[row_of[before]]
            row.nodes.append(index)
            row.text += f", {_FOLDED[node.op]}"
            row_of[index] = row_of[before]
            continue
        row_of[index] = len(rows)
        sources = [row_of[source] for source in node.inputs]
        name, colour = node.name.rpartition("/")[2], _COLOURS.get(node.op, "#fff")
        rows.append(_Row([index], name, _text(node), _shape(node), colour, sources))
    return rows


def _text(node: Node) -> str:
    """A layer in a few characters: `3×3 conv 64 /2`."""
    settings = node.settings
    if node.op == "conv":
        text: str = f"{times(settings['kernel'])} conv {settings['filters']}"
        text += _over(settings["strides"])
        text += f" dilated {times(settings['dilation'])}" * (set(settings["dilation"]) != {1})
        text += f" in {settings['groups']} groups" * (settings["groups"] != 1)
        return text + " + bias" * bool(settings["bias"])
    if node.op == "dense":
        return f"fully connected {settings['units']}" + " + bias" * bool(settings["bias"])
    if "window" in settings:
        return f"{times(settings['window'])} {op_name(node.op)}{_over(settings['strides'])}"
    return op_name(node.op)


def _over(strides: list[int]) -> str:
    if set(strides) == {1}:
        return ""
    return f" /{strides[0] if len(set(strides)) == 1 else times(strides)}"


def _shape(node: Node) -> str:
    return "×".join("?" if size is None else str(size) for size in node.shape[1:])


def _aligned(
    left: list[_Row], right: list[_Row], pairs: dict[int, int], row_of: dict[int, int]
) -> tuple[list[int], list[int]]:
    """The line on which each row stands, so that rows that belong together share one."""
    partner: dict[int, int] = {}
    taken: dict[int, int] = {}
    for number, row in enumerate(left):
        other = next((row_of[pairs[n]] for n in row.nodes if n in pairs), None)
        if other is not None and other not in taken:
            partner[number] = other
            taken[other] = number
    # Rows of the right without a partner come after the row before them.
    waiting: dict[int, list[int]] = {}
    anchor = -1
    for number in range(len(right)):
        if number in taken:
            anchor = taken[number]
        else:
            waiting.setdefault(anchor, []).append(number)
    places_left, places_right, line = [0] * len(left), [0] * len(right), 0
    for number in range(-1, len(left)):
        if number >= 0:
            places_left[number] = line
            if number in partner:
                places_right[partner[number]] = line
            line += 1
        for lonely in waiting.get(number, []):
            places_right[lonely] = line
            line += 1
    return places_left, places_right


@dataclass
class _Panel:
    rows: list[_Row]
    places: list[int]
    marked: frozenset[int]

    def is_marked(self, row: _Row) -> bool:
        return any(node in self.marked for node in row.nodes)

    def lanes(self) -> list[tuple[int, int, int]]:
        """Connections that skip lines: `(from line, to line, lane)`; lanes never overlap."""
        jumps = sorted(
            {
                (self.places[source], self.places[number])
                for number, row in enumerate(self.rows)
                for source in row.sources
                if source != number - 1
            },
            key=lambda jump: (jump[1] - jump[0], jump),
        )
        used: list[list[tuple[int, int]]] = []
        found = []
        for jump in jumps[:_MAX_LANES]:
            start, end = min(jump), max(jump)
            free = (
                lane
                for lane, spans in enumerate(used)
                if all(end <= a or b <= start for a, b in spans)
            )
            lane = next(free, len(used))
            if lane == len(used):
                used.append([])
            used[lane].append((start, end))
            found.append((start, end, lane))
        return found


def _document(panels: list[_Panel], height: int, titles: list[str]) -> str:
    shown, gaps = _visible(panels, height)
    line_of = {place: line for line, place in enumerate(shown)}
    parts: list[str] = []
    x = _MARGIN
    for panel, title in zip(panels, titles, strict=True):
        lanes = panel.lanes()
        width = _LANE * (1 + max((lane for *_, lane in lanes), default=-1)) + 6
        parts.append(_label(x + width, 16, title, _QUIET, "600"))
        visible = {place: line for place, line in line_of.items() if place not in gaps}
        parts += _panel(panel, lanes, visible, x + width)
        x += width + _BOX + 3 * _MARGIN
    for place, count in gaps.items():
        y = _top(line_of[place]) + 14
        text = f"⋯ {count} lines the same ⋯"
        parts.append(_label(_MARGIN, y, text, _QUIET, "400"))
    bottom = _top(len(shown)) + _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {x} {bottom}" width="{x}" '
        f'height="{bottom}" font-family="system-ui,sans-serif" font-size="11.5" role="img">'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}</svg>'
    )


def _visible(panels: list[_Panel], height: int) -> tuple[list[int], dict[int, int]]:
    """The lines that are shown, and where how many are left out."""
    marked = {
        place
        for panel in panels
        for row, place in zip(panel.rows, panel.places, strict=True)
        if panel.is_marked(row)
    }
    if not marked or height <= 30:
        return list(range(height)), {}
    near = {p + d for p in marked for d in range(-_CONTEXT, _CONTEXT + 1) if 0 <= p + d < height}
    shown: list[int] = []
    gaps: dict[int, int] = {}
    place = 0
    while place < height and len(shown) < _MAX_ROWS:
        if place in near:
            shown.append(place)
            place += 1
            continue
        start = place
        while place < height and place not in near:
            place += 1
        shown.append(start)
        gaps[start] = place - start
    return shown, gaps


def _panel(
    panel: _Panel, lanes: list[tuple[int, int, int]], line_of: dict[int, int], x: int
) -> list[str]:
    parts: list[str] = []
    for start, end, lane in lanes:
        if start in line_of and end in line_of:
            top, bottom = _top(line_of[start]) + _ROW // 2, _top(line_of[end]) + _ROW // 2
            out = x - 5 - _LANE * lane
            path = f"M{x} {top + 3}H{out}V{bottom - 3}H{x}"
            parts.append(f'<path d="{path}" fill="none" stroke="{_EDGE}"/>')
    for number, (row, place) in enumerate(zip(panel.rows, panel.places, strict=True)):
        if place not in line_of:
            continue
        y = _top(line_of[place])
        if number and number - 1 in row.sources and panel.places[number - 1] in line_of:
            above = _top(line_of[panel.places[number - 1]]) + _ROW - 3
            parts.append(f'<path d="M{x + 20} {above}V{y}" stroke="{_EDGE}"/>')
        marked = panel.is_marked(row)
        stroke, wide = (_MARK, 2) if marked else ("#c9d1d9", 1)
        parts.append(
            f'<rect x="{x}" y="{y}" width="{_BOX}" height="{_ROW - 4}" rx="3" fill="{row.colour}" '
            f'stroke="{stroke}" stroke-width="{wide}"/>'
        )
        ink = _MARK if marked else _INK
        weight = "600" if marked else "400"
        parts.append(_label(x + 6, y + 12, _cut(row.name, 20), _QUIET, "400"))
        parts.append(_label(x + _NAME_WIDTH, y + 12, _cut(row.text, 32), ink, weight))
        parts.append(_label(x + _BOX - 6, y + 12, row.shape, _QUIET, "400", "end"))
    return parts


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _top(line: int) -> int:
    return 26 + _ROW * line


def _label(x: int, y: int, text: Any, fill: str, weight: str, anchor: str = "start") -> str:
    printable = "".join(c for c in str(text) if c.isprintable())
    return (
        f'<text x="{x}" y="{y}" fill="{fill}" font-weight="{weight}" text-anchor="{anchor}">'
        f"{html.escape(printable)}</text>"
    )
