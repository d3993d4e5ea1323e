"""Data sets that are fetched: a real server, with all that can go wrong on the way."""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import io
import os
import pickle
import re
import struct
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from course_lib import data
from course_lib.data import __main__ as command_line
from course_lib.data import _download
from course_lib.data._sets import SETS, File

CLOSED = "http://127.0.0.1:9/"  # nobody listens at the discard port


class Server:
    """Serves files from memory, as well or as badly as it is told.

    Attributes:
        files: contents by name.
        ranges: whether a part can be asked for.
        break_after: after how many bytes of an answer the connection breaks, once a file.
        requests: what was asked: name and `Range` header.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.ranges = True
        self.break_after: int | None = None
        self.requests: list[tuple[str, str | None]] = []
        self._broken: set[str] = set()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.answer(self)

            def log_message(self, *arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        name, wanted = handler.path.lstrip("/"), handler.headers.get("Range")
        self.requests.append((name, wanted))
        content = self.files.get(name)
        if content is None:
            handler.send_error(404)
            return
        start = int(re.fullmatch(r"bytes=(\d+)-", wanted)[1]) if wanted and self.ranges else 0
        handler.send_response(206 if start else 200)
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        handler.send_header("Content-Length", str(len(content) - start))
        handler.end_headers()
        if self.break_after is not None and name not in self._broken:
            self._broken.add(name)
            handler.wfile.write(content[start : start + self.break_after])
            handler.wfile.flush()
            handler.connection.close()
            return
        handler.wfile.write(content[start:])

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


@pytest.fixture(autouse=True)
def own_machine(monkeypatch, tmp_path):
    """No cache, no shared folder, no package of the operating system, no proxy, no waiting."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("COURSE_DATA_DIR", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(_download, "_PAUSE_SECONDS", 0.0)
    monkeypatch.setitem(
        SETS, "fashion_mnist", dataclasses.replace(SETS["fashion_mnist"], system_folders=())
    )


def idx(values: np.ndarray) -> bytes:
    header = struct.pack(f">HBB{values.ndim}I", 0, 8, values.ndim, *values.shape)
    return gzip.compress(header + values.astype(np.uint8).tobytes(), mtime=0)


def small_mnist() -> dict[str, bytes]:
    """The four files, with 200 training and 50 test images of noise that say their label."""
    random = np.random.default_rng(0)
    files = {}
    for part, count in (("train", 200), ("t10k", 50)):
        labels = np.arange(count) % 10
        images = random.integers(0, 256, (count, 28, 28))
        images[:, 0, 0] = labels
        files[f"{part}-images-idx3-ubyte.gz"] = idx(images)
        files[f"{part}-labels-idx1-ubyte.gz"] = idx(labels)
    return files


class Python2Pickler(pickle._Pickler):
    """Writes text and bytes alike as Python 2 did, whose pickles the CIFAR archives hold."""

    dispatch: ClassVar[dict] = dict(pickle._Pickler.dispatch)

    def save_string(self, value: str | bytes) -> None:
        content = value.encode("latin-1") if isinstance(value, str) else value
        self.write(pickle.BINSTRING + struct.pack("<i", len(content)) + content)

    dispatch[str] = dispatch[bytes] = save_string


def python2_pickle(value: object) -> bytes:
    file = io.BytesIO()
    Python2Pickler(file, protocol=2).dump(value)
    return file.getvalue()


def archive(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def serve(monkeypatch, name: str, files: dict[str, bytes], *mirrors: str) -> None:
    """Let a data set consist of these files, to be had from these mirrors."""
    known = {file.name: file for file in SETS[name].files}
    assert files.keys() == known.keys()
    replaced = tuple(
        File(
            file,
            len(files[file]),
            hashlib.sha256(files[file]).hexdigest(),
            tuple(mirror + file for mirror in mirrors),
        )
        for file in known
    )
    monkeypatch.setitem(SETS, name, dataclasses.replace(SETS[name], files=replaced))


def cache(tmp_path: Path, name: str) -> Path:
    return tmp_path / "cache" / "cnn-course" / name


def test_a_download_is_loaded_and_kept(server, monkeypatch, tmp_path, capfd):
    server.files = small_mnist()
    serve(monkeypatch, "mnist_full", server.files, server.url)
    assert "mnist_full" not in data.offline_names()
    digits = data.load("mnist_full")
    assert (len(digits.train), len(digits.validation), len(digits.test)) == (180, 20, 50)
    assert np.bincount(digits.validation.labels).tolist() == [2] * 10
    for split in (digits.train, digits.validation, digits.test):
        said = np.rint(split.images[:, 0, 0, 0] * 255)
        np.testing.assert_array_equal(said, split.labels)
    assert len(server.requests) == 4
    assert "train-images-idx3-ubyte.gz: 0.2 of 0.2 MB" in capfd.readouterr().err
    assert "mnist_full" in data.offline_names()
    assert data.load("mnist_full") is digits
    assert len(server.requests) == 4
    assert set(data.packaged_files()) >= set(cache(tmp_path, "mnist_full").glob("*.gz"))


def test_a_broken_download_goes_on_where_it_stopped(server, monkeypatch, tmp_path):
    server.files = small_mnist()
    server.break_after = 100_000
    serve(monkeypatch, "mnist_full", server.files, server.url)
    data.load("mnist_full")
    images = [wanted for name, wanted in server.requests if name == "train-images-idx3-ubyte.gz"]
    assert images == [None, "bytes=65536-"]  # what had come in whole pieces
    assert not list(cache(tmp_path, "mnist_full").glob("*.part"))


def test_a_server_without_ranges_sends_it_all_again(server, monkeypatch):
    server.files = small_mnist()
    server.break_after, server.ranges = 100_000, False
    serve(monkeypatch, "mnist_full", server.files, server.url)
    assert len(data.load("mnist_full").test) == 50


def test_what_an_earlier_run_left_is_used(server, monkeypatch, tmp_path):
    server.files = small_mnist()
    serve(monkeypatch, "mnist_full", server.files, server.url)
    name = "train-images-idx3-ubyte.gz"
    cache(tmp_path, "mnist_full").mkdir(parents=True)
    part = cache(tmp_path, "mnist_full") / f"{name}.part"
    part.write_bytes(server.files[name][:5000])
    data.fetch("mnist_full")
    assert (name, "bytes=5000-") in server.requests


@pytest.mark.parametrize("length", [5000, None, 10**6])
def test_a_damaged_part_costs_one_more_try(server, monkeypatch, tmp_path, length):
    server.files = small_mnist()
    serve(monkeypatch, "mnist_full", server.files, server.url)
    name = "train-images-idx3-ubyte.gz"
    cache(tmp_path, "mnist_full").mkdir(parents=True)
    part = cache(tmp_path, "mnist_full") / f"{name}.part"
    part.write_bytes(b"x" * (length or len(server.files[name])))
    assert len(data.load("mnist_full").train) == 180


def test_mirrors_are_tried_in_turn(server, monkeypatch):
    server.files = small_mnist()
    forged = {f"bad/{name}": b"?" * len(content) for name, content in server.files.items()}
    too_long = {f"long/{name}": content * 2 for name, content in server.files.items()}
    files = dict(server.files)
    portal = {f"portal/{name}": b"<html>Please log in</html>" for name in server.files}
    server.files |= forged | too_long | portal
    mirrors = [
        CLOSED,
        *(server.url + folder for folder in ("none/", "bad/", "long/", "portal/", "")),
    ]
    serve(monkeypatch, "mnist_full", files, *mirrors)
    assert len(data.load("mnist_full").test) == 50
    asked = [name.split("/")[0] for name, _ in server.requests]
    assert asked[:4] == ["none", "bad", "long", "portal"]


def test_nothing_remains_of_a_wrong_file(server, monkeypatch, tmp_path):
    files = small_mnist()
    server.files = {name: b"?" * len(content) for name, content in files.items()}
    serve(monkeypatch, "mnist_full", files, server.url)
    with pytest.raises(data.DataUnavailableError, match="the digest is wrong"):
        data.load("mnist_full")
    assert [path.name for path in cache(tmp_path, "mnist_full").iterdir()] == [".lock"]


def test_without_a_network_one_error_says_all(server, monkeypatch, tmp_path):
    serve(monkeypatch, "mnist_full", small_mnist(), CLOSED, server.url)
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path))
    with pytest.raises(data.DataUnavailableError) as caught:
        data.load("mnist_full")
    message = str(caught.value)
    assert "'mnist_full' is not on this machine" in message
    assert f"{CLOSED}train-images-idx3-ubyte.gz: " in message
    assert "Connection refused" in message
    assert "the server answers 404" in message
    assert "python -m course_lib.data fetch mnist_full --to FOLDER" in message
    assert f"{tmp_path} (COURSE_DATA_DIR)" in message
    assert "'mnist', 'digits', 'shapes32'" in message
    assert caught.value.__cause__ is None


def test_a_folder_that_cannot_be_written_is_named(monkeypatch, tmp_path, server):
    serve(monkeypatch, "mnist_full", small_mnist(), server.url)
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(data.DataUnavailableError, match="cannot be written"):
        data.fetch("mnist_full", tmp_path / "file")


def test_two_processes_at_once_fetch_once(server, tmp_path):
    server.files = small_mnist()
    server.break_after = 100_000
    code = (
        "import dataclasses, hashlib, sys\n"
        "from course_lib import data\n"
        "from course_lib.data._sets import SETS, File\n"
        "url, *described = sys.argv[1:]\n"
        "files = [line.split() for line in described]\n"
        "files = tuple(File(n, int(s), d, (url + n,)) for n, s, d in files)\n"
        "known = SETS['mnist_full']\n"
        "SETS['mnist_full'] = dataclasses.replace(known, files=files)\n"
        "print(len(data.load('mnist_full').test))\n"
    )
    described = [
        f"{file.name} {len(content)} {hashlib.sha256(content).hexdigest()}"
        for file in SETS["mnist_full"].files
        for content in [server.files[file.name]]
    ]
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code, server.url, *described],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ),
        )
        for _ in range(2)
    ]  # fmt: skip
    answers = [run.communicate(timeout=60) for run in runs]
    assert [out.strip() for out, _ in answers] == ["50", "50"], answers
    # Each of the four files was asked for once, and the rest of the long one once more.
    assert [wanted for _, wanted in server.requests].count(None) == 4
    assert len(server.requests) == 5


class TestReaders:
    def test_cifar10(self, server, monkeypatch):
        random = np.random.default_rng(0)
        batches = [*(f"data_batch_{number}" for number in range(1, 6)), "test_batch"]
        members = {}
        for name in batches:
            rows = random.integers(0, 256, (20, 3072), dtype=np.uint8)
            labels = np.arange(20) % 10
            rows[:, 1024] = labels  # the first pixel's green
            batch = {b"data": rows, b"labels": labels.tolist(), b"batch_label": b"a batch"}
            members[f"cifar-10-batches-py/{name}"] = python2_pickle(batch)
        members["cifar-10-batches-py/readme.html"] = b"<html>"
        server.files = {"cifar-10-python.tar.gz": archive(members)}
        serve(monkeypatch, "cifar10", server.files, server.url)
        cifar = data.load("cifar10")
        assert (len(cifar.train), len(cifar.validation), len(cifar.test)) == (90, 10, 20)
        assert cifar.image_shape == (32, 32, 3)
        for split in (cifar.train, cifar.validation, cifar.test):
            np.testing.assert_array_equal(np.rint(split.images[:, 0, 0, 1] * 255), split.labels)

    def test_cifar100(self, server, monkeypatch):
        members = {}
        for name, count in (("train", 1000), ("test", 100)):
            labels = np.arange(count) % 100
            rows = np.repeat(labels[:, np.newaxis], 3072, 1).astype(np.uint8)
            batch = {b"data": rows, b"fine_labels": labels.tolist(), b"coarse_labels": [0] * count}
            members[f"cifar-100-python/{name}"] = python2_pickle(batch)
        server.files = {"cifar-100-python.tar.gz": archive(members)}
        serve(monkeypatch, "cifar100", server.files, server.url)
        cifar = data.load("cifar100")
        assert (len(cifar.train), len(cifar.validation), len(cifar.test)) == (900, 100, 100)
        assert cifar.classes == 100
        assert len(set(cifar.class_names)) == 100
        np.testing.assert_array_equal(
            np.rint(cifar.test.images[:, 31, 31, 2] * 255), cifar.test.labels
        )

    def test_a_pickle_that_would_run_something_is_refused(self, server, monkeypatch, tmp_path):
        class Hostile:
            def __reduce__(self):
                return (os.mkdir, (str(tmp_path / "ran"),))

        members = {
            f"cifar-100-python/{name}": python2_pickle({b"data": Hostile()})
            for name in ("train", "test")
        }
        server.files = {"cifar-100-python.tar.gz": archive(members)}
        serve(monkeypatch, "cifar100", server.files, server.url)
        with pytest.raises(data.DamagedDataError, match="mkdir has no place in a table of images"):
            data.load("cifar100")
        assert not (tmp_path / "ran").exists()

    def test_flowers_in_two_sizes(self, server, monkeypatch, tmp_path):
        from PIL import Image

        members = {"flower_photos/LICENSE.txt": b"CC BY 2.0"}
        for label, name in enumerate(SETS["flowers"].class_names):
            for number in range(10):
                # Left and right are black: the centred square has the class's brightness alone.
                pixels = np.zeros((120, 240, 3), np.uint8)
                pixels[:, 56:184] = 40 * label + 15 + number
                encoded = io.BytesIO()
                Image.fromarray(pixels).save(encoded, "JPEG", quality=95)
                members[f"flower_photos/{name}/{number}.jpg"] = encoded.getvalue()
        server.files = {"flower_photos.tgz": archive(members)}
        serve(monkeypatch, "flowers", server.files, server.url)
        flowers = data.load("flowers")
        assert (len(flowers.train), len(flowers.validation), len(flowers.test)) == (35, 5, 10)
        assert flowers.image_shape == (96, 96, 3)
        for split in (flowers.train, flowers.validation, flowers.test):
            bright = np.median(split.images, (1, 2, 3)) * 255
            np.testing.assert_array_equal(bright // 40, split.labels)
        assert data.load("flowers") is flowers
        small = data.load("flowers", image_size=32)
        assert small.image_shape == (32, 32, 3)
        np.testing.assert_array_equal(small.test.labels, flowers.test.labels)
        assert len(server.requests) == 1
        kept = {path.name for path in (tmp_path / "cache" / "cnn-course").glob("*.npz")}
        assert kept == {"flowers.npz", "flowers_32.npz"}
        with pytest.raises(ValueError, match="between 8 and 512 for 'flowers'"):
            data.load("mnist", image_size=32)

    def test_a_damaged_file_is_named(self, monkeypatch, tmp_path):
        folder = tmp_path / "shared" / "mnist_full"
        folder.mkdir(parents=True)
        for name, content in small_mnist().items():
            (folder / name).write_bytes(content[:-100] if "t10k-images" in name else content)
        monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "shared"))
        with pytest.raises(
            data.DamagedDataError, match=r"t10k-images-idx3-ubyte\.gz cannot be read"
        ):
            data.load("mnist_full")


class TestSharedCopy:
    def test_the_order_of_places(self, monkeypatch, tmp_path, server):
        """Exported file, original files, system's package, cache: the first that is there."""
        server.files = small_mnist()
        serve(monkeypatch, "fashion_mnist", server.files, server.url)
        system = tmp_path / "usr"
        system.mkdir()
        known = dataclasses.replace(SETS["fashion_mnist"], system_folders=(system,))
        monkeypatch.setitem(SETS, "fashion_mnist", known)
        data.load("fashion_mnist")
        assert len(server.requests) == 4
        for name, content in server.files.items():
            (system / name).write_bytes(content)
        from_system = data.load("fashion_mnist")
        assert system / "train-labels-idx1-ubyte.gz" in data.packaged_files()
        shared = tmp_path / "shared"
        assert data.fetch("fashion_mnist", shared) == shared / "fashion_mnist"
        monkeypatch.setenv("COURSE_DATA_DIR", str(shared))
        from_originals = data.load("fashion_mnist")
        data.export("fashion_mnist", shared / "fashion_mnist.npz")
        exported = data.load("fashion_mnist")
        assert len({id(found) for found in (from_system, from_originals, exported)}) == 3
        with pytest.raises(data.LabelsWithheldError):
            _ = exported.test.labels
        with pytest.raises(data.LabelsWithheldError):
            data.export("fashion_mnist", tmp_path / "more.npz", withhold_test_labels=False)
        np.testing.assert_array_equal(exported.test.images, from_originals.test.images)
        np.testing.assert_array_equal(exported.train.labels, from_system.train.labels)
        assert len(server.requests) == 8

    def test_debian_files_where_they_are_installed(self, monkeypatch):
        folder = Path("/usr/share/datasets/fashion-mnist")
        if not folder.is_dir():
            pytest.skip("the Debian package dataset-fashion-mnist is not installed")
        known = dataclasses.replace(SETS["fashion_mnist"], system_folders=(folder,))
        monkeypatch.setitem(SETS, "fashion_mnist", known)
        fashion = data.load("fashion_mnist")
        assert (len(fashion.train), len(fashion.test)) == (54000, 10000)
        assert np.bincount(fashion.train.labels).tolist() == [5400] * 10


class TestCommandLine:
    def test_list_says_what_is_here(self, capsys):
        assert command_line.main(["list"]) == 0
        lines = capsys.readouterr().out.splitlines()
        for name, known in SETS.items():
            (line,) = (line for line in lines if line.startswith(f"{name} "))
            assert line.endswith("here" if name in data.offline_names() else "MB")
            assert f"{sum(known.images[:1]):,} / " in line
            assert any(known.source in other for other in lines)

    def test_fetch_to_a_shared_folder(self, server, monkeypatch, tmp_path, capsys):
        server.files = small_mnist()
        serve(monkeypatch, "mnist_full", server.files, server.url)
        folder = tmp_path / "shared"
        assert command_line.main(["fetch", "mnist", "mnist_full", "--to", str(folder)]) == 0
        out = capsys.readouterr().out
        assert "mnist: comes with the course" in out
        assert f"mnist_full: {folder / 'mnist_full'}" in out
        assert not cache(tmp_path, "mnist_full").exists()
        monkeypatch.setenv("COURSE_DATA_DIR", str(folder))
        assert len(data.load("mnist_full").test) == 50

    def test_failure_is_one_message_and_a_code(self, monkeypatch, capsys):
        serve(monkeypatch, "mnist_full", small_mnist(), CLOSED)
        assert command_line.main(["fetch", "mnist_full"]) == 1
        captured = capsys.readouterr()
        assert captured.err.startswith("The data set 'mnist_full' is not on this machine")
        assert "Traceback" not in captured.err

    def test_help_teaches(self):
        done = subprocess.run(
            [sys.executable, "-m", "course_lib.data", "--help"],
            capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip
        assert "fetch cifar10 flowers --to /srv/course-data" in done.stdout
        assert "COURSE_DATA_DIR" in done.stdout


def test_the_table_of_sets_is_in_order():
    for known in SETS.values():
        assert bool(known.files) != bool(known.make)
        for file in known.files:
            assert re.fullmatch("[0-9a-f]{64}", file.sha256)
            assert len(file.urls) >= 2
            assert all(url.endswith(file.name) for url in file.urls)
