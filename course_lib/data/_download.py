"""Downloads: mirrors in turn, broken ones resumed, nothing believed but the digest.

pooch checks the SHA-256 and puts the file in its place at once. What it does not do is to go on
with a part of a file, and that is done here, through its `downloader` hook.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_lib.data._errors import DataUnavailableError

if TYPE_CHECKING:
    from course_lib.data._sets import File

_TIMEOUT_SECONDS = (10, 30)  # to connect, and between two pieces
_PAUSE_SECONDS = 1.0
_ATTEMPTS_WITHOUT_PROGRESS = 3
_PIECE_BYTES = 1 << 16


def fetch_files(files: tuple[File, ...], folder: Path) -> None:
    """Bring files into a folder; what is there with the right digest is left alone.

    Raises:
        DataUnavailableError: if a file could not be had; it says what was tried.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder) as suffix:
            for file in files:
                _fetch(file, folder, suffix)
    except OSError as error:
        raise DataUnavailableError(f"  {folder}: cannot be written: {error}") from error


def _fetch(file: File, folder: Path, suffix: str) -> None:
    import pooch
    import requests

    pooch.get_logger().setLevel(logging.ERROR)  # it warns of every file that is replaced
    part = folder / f"{file.name}{suffix}"
    tried: list[str] = []
    for url in file.urls:
        # A part from before may be damaged: then the same mirror gets one try from the start.
        for _ in range(2 if part.exists() else 1):
            try:
                pooch.retrieve(
                    url,
                    known_hash=f"sha256:{file.sha256}",
                    fname=file.name,
                    path=folder,
                    downloader=_Resuming(part, file),
                )
                return
            except requests.RequestException as error:
                tried.append(f"  {url}: {_in_short(error)}")
                break
            except ValueError as error:
                wrong = str(error) if isinstance(error, _WrongFile) else "the digest is wrong"
                tried.append(f"  {url}: {wrong}")
    raise DataUnavailableError("\n".join(tried))


class _WrongFile(ValueError):
    """What a mirror sends cannot be the file that is wanted."""


class _Resuming:
    """Downloads to a file that stays when the connection breaks, then hands it to pooch."""

    def __init__(self, part: Path, file: File) -> None:
        self._part, self._file = part, file

    def __call__(self, url: str, output_file: str, pooch: Any) -> None:
        import requests

        size = self._file.size_bytes
        progress = _Progress(self._file.name, size)
        failures = 0
        try:
            while (have := self._length()) < size:
                try:
                    self._stream(url, have, progress)
                    if self._length() < size:
                        raise requests.ConnectionError(
                            f"ended after {self._length():,} of {size:,} bytes"
                        )
                except requests.RequestException as error:
                    failures = 0 if self._length() > have else failures + 1
                    refused = error.response is not None and error.response.status_code < 500
                    if refused or failures >= _ATTEMPTS_WITHOUT_PROGRESS or _unreachable(error):
                        raise
                    time.sleep(_PAUSE_SECONDS * (failures + 1))
        finally:
            progress.close()
        os.replace(self._part, output_file)

    def _length(self) -> int:
        return self._part.stat().st_size if self._part.exists() else 0

    def _stream(self, url: str, have: int, progress: _Progress) -> None:
        import requests

        # The bytes as they are stored: a .gz file must not be unpacked on the way.
        headers = {"Accept-Encoding": "identity"}
        if have:
            headers["Range"] = f"bytes={have}-"
        with requests.get(url, headers=headers, stream=True, timeout=_TIMEOUT_SECONDS) as response:
            response.raise_for_status()
            goes_on = response.status_code == 206 and response.headers.get(
                "Content-Range", ""
            ).startswith(f"bytes {have}-")
            written = have if goes_on else 0
            with self._part.open("ab" if goes_on else "wb") as part:
                for piece in response.iter_content(_PIECE_BYTES):
                    written += len(piece)
                    if written > self._file.size_bytes:
                        part.close()
                        self._part.unlink()
                        raise _WrongFile(f"sends more than {self._file.size_bytes:,} bytes")
                    part.write(piece)
                    progress.show(written)


def _unreachable(error: Exception) -> bool:
    """Whether there is no point in asking this mirror again at once."""
    import requests

    # A broken stream is a ConnectionError as well; one without a connection names its reason.
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(error, requests.ConnectionError) and reason is not None


def _in_short(error: Exception) -> str:
    import requests

    if isinstance(error, requests.HTTPError) and error.response is not None:
        return f"the server answers {error.response.status_code} {error.response.reason}"
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    inner: Any = error.args[0] if error.args else error
    text = str(getattr(inner, "reason", inner)).split(": ")[-1]
    return text.strip("'\" ") or type(error).__name__


@contextmanager
def _alone(folder: Path) -> Iterator[str]:
    """Wait until no other process fetches into this folder; gives the suffix of unfinished files.

    Where files cannot be locked, everybody has unfinished files of his own.
    """
    with (folder / ".lock").open("w") as handle:
        try:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        except (ImportError, OSError):
            yield f".{os.getpid()}.part"
            return
        yield ".part"


class _Progress:
    """A line on standard error: how much, how fast, how long yet."""

    def __init__(self, name: str, size: int) -> None:
        self._name, self._size = name, size
        self._started = self._shown = time.monotonic()
        self._first: int | None = None
        # In a notebook and in a terminal the line is written over; a log gets a line now and then.
        self._live = sys.stderr.isatty() or "ipykernel" in sys.modules
        self._every = 0.25 if self._live else 10.0
        self._open = False

    def show(self, done: int) -> None:
        now = time.monotonic()
        if self._first is None:
            self._first = done
        if now - self._shown < self._every and done < self._size:
            return
        self._shown = now
        speed = (done - self._first) / max(now - self._started, 1e-3)
        line = f"{self._name}: {done / 1e6:.1f} of {self._size / 1e6:.1f} MB"
        if done >= self._size:
            line += f", {now - self._started:.0f} s"
        elif speed > 0:
            line += f", {speed / 1e6:.1f} MB/s, about {(self._size - done) / speed:.0f} s left"
        print(f"\r{line:<78}" if self._live else line, end="" if self._live else "\n",
              file=sys.stderr, flush=True)  # fmt: skip
        self._open = self._live

    def close(self) -> None:
        if self._open:
            print(file=sys.stderr)
            self._open = False
