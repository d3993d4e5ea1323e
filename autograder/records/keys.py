"""A student's name as a key: one form for folders, the gradebook, pages and exports.

The name of a folder may hold anything but a slash, also bytes that are no text. The key keeps
letters, digits and what names need, and writes other bytes in hexadecimal between two tildes:
`O'Brien` is `O~27~Brien`, the Latin-1 folder of Müller `M~FC~ller`. So a key is safe in a path, a
page, a table and a shell, and `name_of` gives the name back. No two names share a key, but for the
two spellings that Unicode has for an accent (NFC and NFD): they are one name.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import unicodedata

MAX_BYTES = 250
"""What a file system takes as a name, and a little less. Longer keys end with a digest instead."""

_ESCAPED = re.compile("~([0-9A-F]+)~")
_CUT = "~~"


def key_of(name: str) -> str:
    """The key of a folder's name, as Python reads it from the disk."""
    normal = unicodedata.normalize("NFC", name)
    last = len(normal) - 1
    safe = [_is_safe(sign, place == 0, place == last) for place, sign in enumerate(normal)]
    key = "".join(
        text if is_safe else f"~{os.fsencode(text).hex().upper()}~"
        for is_safe, text in (
            (is_safe, "".join(sign for _, sign in run))
            for is_safe, run in itertools.groupby(zip(safe, normal, strict=True), lambda p: p[0])
        )
    )
    if len(key.encode()) <= MAX_BYTES:
        return key
    digest = _CUT + hashlib.sha256(os.fsencode(normal)).hexdigest()[:16]
    kept = key.encode()[: MAX_BYTES - len(digest)].decode(errors="ignore")
    return kept.replace("~", "-") + digest  # Half an escape would be another name.


def name_of(key: str) -> str:
    """The name that a key stands for; a key that was cut stands for itself."""
    if _CUT in key:
        return key
    return _ESCAPED.sub(lambda found: os.fsdecode(bytes.fromhex(found[1])), key)


def shown_name(name: str) -> str:
    """A file's name as text that can be written anywhere; bytes that are no text as `\\xfc`."""
    return os.fsencode(name).decode(errors="backslashreplace")


def _is_safe(sign: str, first: bool, last: bool) -> bool:
    kind = unicodedata.category(sign)[0]
    if kind in "LN" or sign == "_":
        return True
    if first:
        return False  # A dot hides a file, a dash is an option, a sign makes a formula of a cell.
    return kind == "M" or sign in "-@+()" or (sign in " ." and not last)
