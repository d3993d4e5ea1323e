"""The ledger as one HTML page that reads beside the decks.

The page stands alone: its style and its few lines of script are inside, and it loads nothing.
"""

from __future__ import annotations

import re
from html import escape

from course_lib.slides._fact import CHECKABLE, Fact, Status
from course_lib.slides._ledger import decks, errata
from course_lib.slides._report import Tally, slides_of, tallies

_STYLE = """
:root { color-scheme: light dark; --paper: #fbfaf7; --card: #ffffff; --ink: #23262b;
  --soft: #676d76; --line: #e4e1d9; --match: #1c7a4d; --wrong: #b3261e; --wrongbg: #fdf0ee;
  --unsure: #8a5a00; --derived: #2a5db0; --cited: #6b7078; }
@media (prefers-color-scheme: dark) { :root { --paper: #15171a; --card: #1c1f23; --ink: #e4e6e9;
  --soft: #9aa1ab; --line: #2e3238; --match: #63c796; --wrong: #ff8a80; --wrongbg: #2a1c1c;
  --unsure: #e0b25c; --derived: #8ab4f8; --cited: #9aa1ab; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 4.5rem; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
main, header { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
h1, h2, h3 { font-family: Charter, "Iowan Old Style", Georgia, serif; line-height: 1.2; }
h1 { font-size: 2.2rem; margin: 0 0 .4rem; }
h2 { font-size: 1.6rem; margin: 3.5rem 0 .2rem; }
h3 { font-size: 1.1rem; margin: 0; padding: .7rem 1rem; border-bottom: 1px solid var(--line); }
p { max-width: 46rem; } .soft { color: var(--soft); }
nav { position: sticky; top: 0; z-index: 1; background: var(--paper);
  border-bottom: 1px solid var(--line); }
nav div { max-width: 72rem; margin: 0 auto; padding: .6rem 1.25rem; display: flex; gap: .4rem 1rem;
  flex-wrap: wrap; align-items: center; font-size: .85rem; }
nav a { color: inherit; text-decoration: none; } nav a:hover { text-decoration: underline; }
nav input, nav select { font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--line); border-radius: .4rem; padding: .2rem .5rem; }
nav input { margin-left: auto; width: 11rem; }
table.tally { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .92rem; }
.tally th, .tally td { padding: .3rem .8rem; text-align: right;
  border-bottom: 1px solid var(--line); }
.tally th:first-child { text-align: left; }
.tally thead th { color: var(--soft); font-weight: 500; }
.tally tr:last-child { font-weight: 600; } .scroll { overflow-x: auto; }
section.slide, article.erratum { background: var(--card); border: 1px solid var(--line);
  border-radius: .6rem; margin: 1rem 0; overflow: hidden; }
.fact { display: grid; grid-template-columns: minmax(0, 1fr) 8rem minmax(0, 1.15fr);
  gap: .2rem 1.1rem;  padding: .6rem 1rem; border-top: 1px solid var(--line); }
h3 + .fact { border-top: 0; }
.fact:target { outline: 2px solid var(--derived); outline-offset: -2px; }
.fact .id { font-size: .75rem; color: var(--soft); text-decoration: none; }
.number { font-variant-numeric: tabular-nums; font-weight: 600; overflow-wrap: anywhere; }
.printed { text-align: right; } .printed .unit { display: block; }
.unit { font-weight: 400; font-size: .8rem; color: var(--soft); }
.how { font-size: .84rem; color: var(--soft); overflow-wrap: anywhere;
  font-variant-numeric: tabular-nums; }
.how summary { cursor: pointer; }
.mark { font-size: .74rem; font-weight: 600; letter-spacing: .02em; white-space: nowrap; }
.MATCH .mark { color: var(--match); } .ERRATUM .mark { color: var(--wrong); }
.AMBIGUOUS .mark { color: var(--unsure); } .DERIVED .mark { color: var(--derived); }
.cited .mark { color: var(--cited); } .ERRATUM { background: var(--wrongbg); }
.ERRATUM .printed .value { text-decoration: line-through; text-decoration-thickness: 1px; }
.erratum { padding: .9rem 1.1rem; } .erratum h3 { border: 0; padding: 0; }
.erratum p { margin: .3rem 0 .5rem; }
.erratum ul { margin: 0; padding-left: 1.1rem; font-size: .92rem; }
.erratum s { color: var(--wrong); } a.id:hover { text-decoration: underline; }
.erratum a, .how a { color: var(--derived); }
.hidden { display: none; }
@media (max-width: 46rem) { .fact { grid-template-columns: 1fr auto; }
  .fact .result { grid-column: 1 / -1; }
  nav { position: static; } nav input { margin-left: 0; } }
@media print { nav { display: none; } .slide { break-inside: avoid; } }
"""

_SCRIPT = """
const word = document.getElementById('word'), kind = document.getElementById('kind');
function filter() {
  const text = word.value.toLowerCase(), status = kind.value;
  for (const slide of document.querySelectorAll('section.slide')) {
    let shown = 0;
    const heading = slide.querySelector('h3').textContent.toLowerCase();
    for (const fact of slide.querySelectorAll('.fact')) {
      const fits = (!status || fact.classList.contains(status)) &&
        (!text || heading.includes(text) || fact.textContent.toLowerCase().includes(text));
      fact.classList.toggle('hidden', !fits); shown += fits;
    }
    slide.classList.toggle('hidden', !shown);
  }
}
word.addEventListener('input', filter); kind.addEventListener('change', filter);
"""

_MARKS = {
    Status.MATCH: "agrees",
    Status.ERRATUM: "mistake",
    Status.AMBIGUOUS: "one convention",
    Status.DERIVED: "derived",
}
_FOLDED = 110  # derivations longer than this are folded away


def page() -> str:
    """Returns the whole ledger as one self-contained HTML document."""
    links = "".join(f'<a href="#{d.name}">{escape(d.title)}</a>' for d in decks())
    options = "".join(f'<option value="{s}">{text}</option>' for s, text in _MARKS.items())
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The numbers on the slides</title>
<style>{_STYLE}</style>
</head>
<body>
<header>
<h1>The numbers on the slides</h1>
<p>A companion to the five decks. On the left is what a slide says, in the middle what it prints, on
the right the same number computed from the layers it describes. Where the two differ, the slide is
wrong, and the page says why. One multiply-add counts as one operation.</p>
{_tally_table(tallies())}
</header>
<nav><div>{links}<a href="#errata">Mistakes</a>
<input id="word" type="search" placeholder="Find: VGG, 1x1, F0119" aria-label="Find">
<select id="kind" aria-label="Status"><option value="">all facts</option>{options}
<option value="cited">cited</option></select></div></nav>
<main>
{"".join(_deck_section(deck.name, deck.title, deck.subtitle) for deck in decks())}
<h2 id="errata">Mistakes</h2>
<p class="soft">What is wrong on the slides, the right value, and the cause.</p>
{_errata_section()}
</main>
<script>{_SCRIPT}</script>
</body>
</html>
"""


def _tally_table(rows: tuple[Tally, ...]) -> str:
    names = ("facts", "computed", "matched", "derived", "ambiguous", "errata", "open", "cited")
    head = "".join(f"<th>{name}</th>" for name in names)
    body = "".join(
        f"<tr><th>{escape(row.title)}</th>"
        + "".join(f"<td>{getattr(row, name):,}</td>" for name in names)
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll"><table class="tally"><thead><tr><th>deck</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _deck_section(name: str, title: str, subtitle: str) -> str:
    deck = next(d for d in decks() if d.name == name)
    slides = "".join(
        f'<section class="slide"><h3>{escape(place)}</h3>{"".join(map(_fact_row, found))}</section>'
        for place, found in slides_of(deck)
    )
    return f'<h2 id="{name}">{escape(title)}</h2><p class="soft">{escape(subtitle)}</p>{slides}'


def _fact_row(found: Fact) -> str:
    kind = str(found.status) if found.status in CHECKABLE else "cited"
    unit = f' <span class="unit">{escape(found.unit)}</span>' if found.unit else ""
    printed = (
        f'<span class="value">{escape(found.printed)}</span>{unit}'
        if found.printed
        else '<span class="unit">not printed</span>'
    )
    if found.status not in CHECKABLE:
        printed = f'<span class="value">{escape(found.printed)}</span>' if found.printed else ""
    convention = f'<div class="how">{escape(found.convention)}</div>' if found.convention else ""
    return (
        f'<div class="fact {kind}" id="{found.id}"><div>{_mathematics(found.statement)}'
        f' <a class="id" href="#{found.id}">{found.id}</a>{convention}</div>'
        f'<div class="printed number">{printed}</div>'
        f'<div class="result">{_result(found, unit)}</div></div>'
    )


def _result(found: Fact, unit: str) -> str:
    if found.status not in CHECKABLE:
        return f'<span class="mark">{found.status.lower()}</span>{_remark(found.note)}'
    if found.open:
        source = f'<div class="number">{escape(found.source)}</div>' if found.source else ""
        return (
            f'{source}<span class="mark">open: {escape(found.reason)}</span>{_remark(found.note)}'
        )
    derivation = escape(found.derivation)
    if found.derivation == found.right():
        how = ""
    elif len(found.derivation) > _FOLDED:
        how = f'<details class="how"><summary>derivation</summary>{derivation}</details>'
    else:
        how = f'<div class="how">{derivation}</div>'
    also = "".join(
        f'<div class="how">{escape(label)}: {escape(value)}</div>'
        for label, value in found.alternatives().items()
    )
    cause = ""
    if found.erratum:
        mistake = next(m for m in errata() if m.id == found.erratum)
        link = f'<a href="#{mistake.id}">{mistake.id}</a>'
        cause = f'<div class="how">{link} {escape(mistake.cause)}</div>'
        if found.reproduction:
            cause += f'<div class="how">The slide has {escape(found.reproduced())}</div>'
    return (
        f'<span class="number">{escape(found.right())}</span>{unit} '
        f'<span class="mark">{_MARKS[found.status]}</span>{how}{also}{cause}{_remark(found.note)}'
    )


def _remark(note: str) -> str:
    return f'<div class="how">{escape(note)}</div>' if note else ""


def _mathematics(text: str) -> str:
    """Escapes a statement and writes `3x3` and `->` with their proper signs."""
    signs = re.sub(r"(?<=\d)x(?=\d)", "×", text).replace("->", "→")
    return escape(signs)


def _errata_section() -> str:
    articles = []
    for mistake in errata():
        items = "".join(
            f'<li><a href="#{f.id}">{f.id}</a> {escape(f.citation)}: {_mathematics(f.statement)}. '
            f"<s>{escape(f.printed)}</s> → <strong>{escape(f.right())}</strong> "
            f"{escape(f.unit)}</li>"
            for f in mistake.facts
        )
        articles.append(
            f'<article class="erratum" id="{mistake.id}"><h3>{mistake.id} · '
            f"{escape(mistake.title)}</h3><p>{escape(mistake.cause)}</p><ul>{items}</ul></article>"
        )
    return "".join(articles)
