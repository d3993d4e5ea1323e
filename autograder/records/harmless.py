"""What a student wrote, for pages that show Markdown and HTML as they are.

nbgrader's pages render a notebook's Markdown with raw HTML, links of any kind and MathJax, and they
are looked at by somebody who is logged in. So whatever would become a tag, a picture, an address
that runs something, or a command of MathJax that does, is broken by a space: it is shown as the
text that was written, and formulas, tables, code and ordinary links stay what they are. Nothing is
rendered to find that out, and every pattern takes time in proportion to the text.
"""

from __future__ import annotations

import html
import re

import nbformat
from nbformat import NotebookNode

_SAFE_TYPES = ("text/plain", "image/png", "image/jpeg")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")

_ENTITY = re.compile(r"&(#?\w{1,32};?)")
_PLAIN = set("<>&\"'\xa0")
# No tag begins with a space, and in a formula a space changes nothing.
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_PICTURE = re.compile(r"!(?=\[)")
# Where Markdown takes an address: after `](`, and after `]:` of a link that is defined below.
_ADDRESS = re.compile(r"\](?=([(:])\s*(<[^>\n]*>?|[^\s)]*))")
_ORDINARY = re.compile(r"<?(?:https?://|mailto:|#)?[\w#./?=%&~+,@-]*>?", re.ASCII)
# Commands of MathJax that make links, load code, or take a page's own attributes and styles.
_COMMAND = re.compile(
    r"\\(?=href|url|require|style|class|cssId|html|data|bbox|includegraphics|mmlToken|unicode"
    r"|texttip|mathtip|Tip|toggle|action|def|let|(?:re)?newcommand|newenvironment|DeclareMath)"
)
_DRAWING = re.compile(r"(`{3,}|~{3,})(?=[ \t]*mermaid)", re.IGNORECASE)


def harmless_markdown(source: str) -> str:
    """Markdown in which nothing runs, and nothing is fetched, when a page shows it."""
    source = _ENTITY.sub(_spelt_out, source)
    source = _TAG.sub("< ", source)
    source = _PICTURE.sub("! ", source)
    source = _ADDRESS.sub(_broken_if_odd, source)
    source = _COMMAND.sub(r"\\ ", source)
    return _DRAWING.sub(r"\1text ", source)


def harmless_output(output: NotebookNode) -> NotebookNode:
    """A cell's output of which text and pictures are kept."""
    if "data" not in output:
        return output
    data = {}
    for kind in _SAFE_TYPES:
        content = output.data.get(kind)
        text = "".join(content) if isinstance(content, list) else content
        if isinstance(text, str) and (kind == "text/plain" or _BASE64.fullmatch(text)):
            data[kind] = text
    shown: NotebookNode = nbformat.v4.new_output("display_data", data)
    return shown


def _spelt_out(found: re.Match[str]) -> str:
    """An entity as it was typed, if it stands for a letter or sign that could be typed itself."""
    signs = html.unescape(found[0])
    plain = all(sign in _PLAIN or ord(sign) > 0xA0 for sign in signs)
    return found[0] if plain else f"&amp;{found[1]}"


def _broken_if_odd(found: re.Match[str]) -> str:
    """The bracket before an address, and a space if the address is not an ordinary one."""
    return "]" if _ORDINARY.fullmatch(found[2]) else "] "
