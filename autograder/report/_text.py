"""Make text from submissions safe to show: in HTML, in a terminal, in a log, as a file's name.

Escaping for HTML is the templates' task. What is removed here is what harms without any markup:
terminal escapes, control characters, and marks that make text read differently from what it is.
"""

from __future__ import annotations

import hashlib
import re

from markupsafe import Markup

_ESCAPE_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor movement
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])"  # OSC and other strings, up to their end
    r"[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]"  # every other two-character escape
)
_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters, but not tab and newline
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064"  # invisible marks
    "\u202a-\u202e\u2066-\u206f"  # bidirectional overrides and isolates
    "\ufeff\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e007f]"  # annotations, tag characters
)
_SURROGATE = re.compile("[\ud800-\udfff]")

_PLAIN_NAME = re.compile(r"[a-z0-9_][a-z0-9._-]{0,79}")
_LOOKS_HASHED = re.compile(r"-[0-9a-f]{12}$")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")


def sanitise(text: str, limit: int | None = None) -> str:
    """Remove control characters, terminal escapes and bidirectional marks.

    Tabs and newlines stay; other line breaks become newlines. Lone surrogates, which cannot be
    written as UTF-8, become the replacement character.

    Args:
        text: any text.
        limit: keep about so many characters and say how many were left out; all if `None`.
    """
    left_out = 0
    if limit is not None and len(text) > limit:
        left_out = len(text) - limit
        text = text[:limit]
    text = _LINE_BREAK.sub("\n", _ESCAPE_SEQUENCE.sub("", text))
    text = _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text))
    return f"{text} … ({left_out:,} more characters left out)" if left_out else text


def one_line(text: str, limit: int | None = None) -> str:
    """`sanitise`, with all white space folded into single spaces."""
    return " ".join(sanitise(text, limit).split())


def display_name(text: str, limit: int = 120) -> str:
    """A name on one line and not too long; one of nothing visible is said to be such."""
    name = one_line(text) or "(no name)"
    return name if len(name) <= limit else name[: limit - 1].rstrip() + "…"


def safe_filename(name: str) -> str:
    """A file's name (without extension) for any text: one path component, portable, unambiguous.

    Short names of lower-case letters, digits, `.`, `_` and `-` stay as they are. All others keep
    what can be kept and get a digest of the original, so that different names stay different,
    also where a file system ignores case.
    """
    if (
        _PLAIN_NAME.fullmatch(name)
        and not name.endswith(".")
        and not _LOOKS_HASHED.search(name)
        and not _RESERVED.fullmatch(name)
    ):
        return name
    readable = re.sub(r"[^A-Za-z0-9_-]+", "_", name)[:40].strip("_-")
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{readable or 'x'}-{digest}"


_TAG = re.compile(r"<(/?)([^\s/>]*)([^>]*)>")
_DRAWN = frozenset({"svg", "rect", "path", "text"})


def drawing(svg: str) -> Markup:
    """A drawing of two networks; nothing, if there is anything in it that we do not draw."""
    for _, tag, attributes in _TAG.findall(svg):
        if tag not in _DRAWN or re.search(r"\bon\w+\s*=|href|style|url\(", attributes):
            return Markup()
    return Markup(svg)
