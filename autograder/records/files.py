"""Files that are replaced in one step, or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def write_atomically(path: Path, content: str | bytes, *, durable: bool = True) -> None:
    """Replace a file's content in one step; it keeps the permissions that somebody gave it.

    What a killed process leaves behind is overwritten by the next one, since its name is fixed.

    Args:
        path: the file; its folders are made.
        content: the new content.
        durable: whether it must be on the disk when this returns. What can be made again need not.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = content.encode() if isinstance(content, str) else content
    part = path.with_name(f".{path.name}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o644)
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
            stream.flush()
            with contextlib.suppress(FileNotFoundError):
                os.fchmod(handle, path.stat().st_mode & 0o777)
            if durable:
                os.fsync(handle)
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def on_the_disk(paths: Iterable[Path]) -> None:
    """Wait until these files are on the disk; together that takes hardly longer than for one."""
    with ThreadPoolExecutor(max_workers=16) as pool:
        for _ in pool.map(_synced, paths):
            pass


def _synced(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_derived(path: Path, content: str | bytes) -> bool:
    """Write what is made from something else, if it differs from what is there.

    A folder that stands in its place, or a file in that of one of its folders, is set aside.

    Returns:
        Whether anything was written.
    """
    raw = content.encode() if isinstance(content, str) else content
    try:
        if path.read_bytes() == raw:
            return False
    except IsADirectoryError:
        set_aside(path)
    except NotADirectoryError:
        set_aside(next(parent for parent in path.parents if parent.is_file()))
    except OSError:
        pass  # Not there, or unreadable: it is replaced.
    write_atomically(path, raw, durable=False)
    return True


def set_aside(path: Path) -> Path:
    """Rename what is damaged, so that nothing of it is lost; returns its new name."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    path.rename(aside)
    return aside
