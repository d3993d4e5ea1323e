"""Students' Markdown, rendered as nbgrader's pages do: nothing runs, and nothing is fetched."""

from __future__ import annotations

from html.parser import HTMLParser

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbconvert import HTMLExporter

from autograder.records.harmless import harmless_markdown, harmless_output

SPELLINGS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "javascript&#58;alert(1)",
    "javascript&#x3A;alert(1)",
    "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "&#0000106avascript:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript\\:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,PHN2Zz4=",
    "file:///etc/passwd",
]
PLACES = [
    "[x]({})",
    "[x]( {})",
    "[x](\n{})",
    "[x](<{}>)",
    '[x]({} "title")',
    "[x]\n\n[x]: {}",
    "[x][y]\n\n[y]:\n   <{}>",
    "<{}>",
    "![x]({})",
    "![x][y]\n\n[y]: {}",
    "[![x](https://evil.example/x.png)]({})",
    '<a href="{}">x</a>',
    "<img src='{}'>",
    "| a |\n|---|\n| [x]({}) |",
    "- [ ] [x]({})",
    "> [x]({})",
    "# [x]({})",
    "$\\href{{{}}}{{x}}$",
    "$$\\let\\x\\href \\x{{{}}}{{x}}$$",
    "\\\\(\\hre&#102;{{{}}}{{x}}\\\\)",
    "&#36;\\href{{{}}}{{x}}&#36;",
]
OTHERS = [
    "![x](https://evil.example/pixel.png)",
    "![x](attachment:x.png)",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<https://x/onmouseover=alert(1)>",
    "<!--><script>alert(1)</script>-->",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe>",
    "<form action=https://evil.example><button>x</button></form>",
    '```mermaid\n<img src=x onerror=alert(1)>\nclick A href "javascript:alert(1)"\n```',
    "~~~ Mermaid\n&lt;img src=x onerror=alert(1)&gt;\n~~~",
    "$\\require{html}\\style{background:url(https://evil.example)}{x}\\cssId{x}{y}$",
    "$\\bbox[background:url(https://evil.example)]{x}$ \\begin{equation}\\url{x}\\end{equation}",
    "`<script>`<script>alert(1)</script>",
    "\\<script>alert(1)\\</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
]
COMMANDS = ("\\href", "\\url", "\\require", "\\style", "\\cssId", "\\bbox", "\\let")
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
INLINE = {"a", "em", "strong", "del", "code", "span", "br", "input"}
TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
TAGS = HEADINGS | INLINE | TABLES | {"p", "pre", "blockquote", "ul", "ol", "li", "div", "hr"}
TAGS |= {"dl", "dt", "dd"}
ATTRIBUTES = {"href", "class", "id", "title", "style", "align", "type", "disabled", "checked"}


class Page(HTMLParser):
    """Complains of everything that runs, fetches, or leads somewhere odd."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.odd: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.odd.append(tag)
        for name, value in attrs:
            target = "".join(sign for sign in value or "" if sign > " ").lower()
            if name not in ATTRIBUTES or (name == "style" and "url" in target):
                self.odd.append(f"{tag} {name}={value}")
            has_scheme = ":" in target.split("/")[0].split("#")[0]
            is_ordinary = target.startswith(("http://", "https://", "mailto:"))
            if name == "href" and has_scheme and not is_ordinary:
                self.odd.append(f"{tag} {name}={value}")
            if name == "class" and "mermaid" in target:
                self.odd.append("mermaid")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.odd.append("comment")


def page_of(source: str) -> Page:
    page = Page()
    page.feed(HTMLExporter().markdown2html({"cell": {}}, harmless_markdown(source)))
    page.close()
    return page


def is_clean(source: str) -> bool:
    page = page_of(source)
    return not page.odd and not any(command in page.text for command in COMMANDS)


@pytest.mark.parametrize("place", PLACES)
def test_no_address_runs_anything(place: str) -> None:
    bad = [spelling for spelling in SPELLINGS if not is_clean(place.format(spelling))]
    assert bad == []


def test_nothing_else_runs_or_is_fetched() -> None:
    assert [source for source in OTHERS if not is_clean(source)] == []


SIGNS = ["[x]", "](", "]: ", ")", "![", "<", ">", "`", "```", "$", "$$", "\\", "\n", "\n\n", "|"]
SIGNS += ["&lt;", "&amp;", "&#60;", "    ", "> ", "- ", "<!--", "<![CDATA[", "<?", "\\\\(", "*"]
SIGNS += ["\\begin{x}", "\\end{x}", "https://a.example", "_", "~~", "word"]
pieces = st.sampled_from([*SPELLINGS, *OTHERS, *SIGNS])


@given(st.lists(pieces, max_size=8).map("".join))
def test_however_it_is_put_together(source: str) -> None:
    assert is_clean(source)


HONEST = """## What I saw

The loss falls, *then* rises: $a < b \\left( \\frac{1}{n} \\right)$, see [Keras](https://keras.io/api/).

$$\\begin{aligned} x &= 1 \\\\ y &\\le 2 \\end{aligned}$$

| width | height |
|---|---|
| 3 | 4 |

```python
x = {"a": [1](2)}
```

1. one, 2 < 3 && 4 > 3
2. [here](#What-I-saw), [a file](notes/plot.html)
"""


def test_honest_text_stays_what_it_is() -> None:
    written = harmless_markdown(HONEST)
    assert written == HONEST
    page = page_of(HONEST)
    assert page.odd == []
    assert "\\left( \\frac{1}{n} \\right)" in page.text


def test_a_picture_that_was_not_handed_in_stops_no_page() -> None:
    """nbconvert raises for an attachment that is missing, and nbgrader's page with it."""
    assert "attachment:image.png" in page_of("Mine: ![image.png](attachment:image.png)").text + (
        harmless_markdown("![image.png](attachment:image.png)")
    )


def test_outputs_keep_text_and_pictures() -> None:
    markup = "<img src=x onerror=alert(1)>"
    output = nbformat.v4.new_output(
        "display_data",
        dict.fromkeys(("text/html", "text/markdown", "text/latex", "image/svg+xml"), markup)
        | {"application/javascript": "alert(1)", "text/plain": markup, "image/png": "aGVs"}
        | {"image/jpeg": 'x" onerror="alert(1)', "application/vnd.jupyter.widget-view+json": {}},
        metadata={"text/html": {"isolated": True}},
    )
    shown = harmless_output(output)
    assert shown.data == {"text/plain": markup, "image/png": "aGVs"}
    assert shown.metadata == {}
