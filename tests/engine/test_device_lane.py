"""The sandbox of the device lane, on a machine without a GPU: what its children see, and say."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import autograder.sandbox
from autograder._exceptions import SandboxBroken
from autograder.grading.device import Accelerator, Lane
from autograder.sandbox import Sandbox, SandboxLimits, bwrap, namespaces_problem, places
from autograder.sandbox.host import stop

sys.path.append(str(Path(autograder.sandbox.__file__).parent / "inside"))

import child

needs_namespaces = pytest.mark.skipif(
    namespaces_problem() is not None, reason=f"no namespaces here: {namespaces_problem()}"
)

LOOK = """
import os, threading

def name_itself():
    with open(f"/proc/self/task/{threading.get_native_id()}/comm", "w") as file:
        file.write("named")

thread = threading.Thread(target=name_itself)
thread.start()
thread.join()
numbers = [name for name in os.listdir("/proc") if name.isdigit()]
print(os.getpid(), numbers, sorted(set(os.listdir("/proc")) & {"sys", "kcore", "1", "driver"}))
"""


def run(sandbox: Sandbox, source: str) -> str:
    spawned = sandbox.spawn(SandboxLimits(), {})
    try:
        spawned.channel.send({"op": "cell", "source": source}, timeout_seconds=10)
        event, _ = spawned.channel.receive(60)
    finally:
        stop(spawned)
    assert event["error"] is None, event["error"]
    return "".join(output["text"] for output in event["outputs"])


@needs_namespaces
def test_a_thread_finds_itself_in_proc_and_nobody_else() -> None:
    """CUDA names its threads there, and does not start if it cannot (error 304)."""
    with Sandbox(warm=False) as sandbox:
        for _ in range(2):
            assert run(sandbox, LOOK) == "2 ['2'] []\n"


@needs_namespaces
def test_a_child_that_does_not_get_ready_says_why() -> None:
    with Sandbox(warm=False, preload=("keras",)) as sandbox:
        with pytest.raises(SandboxBroken, match="not get ready: it ended, out_of_memory"):
            sandbox.spawn(SandboxLimits(memory_bytes=20 << 20), {})
        with pytest.raises(SandboxBroken, match=r"not get ready: ValueError.*'some'"):
            sandbox.spawn(SandboxLimits(), {"COURSE_ACCELERATOR_MB": "some"})


def test_only_the_lane_is_told_where_a_driver_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/usr/local/driver/lib")
    cold, warm = (bwrap.environment("/course", "/scratch", None, warm) for warm in (False, True))
    assert cold.pop("LD_LIBRARY_PATH") == "/usr/local/driver/lib"
    assert "LD_LIBRARY_PATH" not in warm
    assert cold["JAX_PLATFORMS"] == warm["JAX_PLATFORMS"] == "cpu"


def test_a_slot_never_falls_back_to_the_processor() -> None:
    with Lane([Accelerator(0, "NVIDIA H200", "580", 143_771)], slots=4).slot() as settings:
        assert settings["JAX_PLATFORMS"] == "cuda,cpu"
        assert float(settings["XLA_PYTHON_CLIENT_MEM_FRACTION"]) == pytest.approx(0.225)
        assert settings["COURSE_ACCELERATOR_MB"] == str(int(143_771 * 0.225))
    with Lane([]).slot() as settings:
        assert settings == {"JAX_PLATFORMS": "cpu"}


def test_tensorflow_is_told_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, list[int]] = {}
    config = SimpleNamespace(
        LogicalDeviceConfiguration=lambda memory_limit: memory_limit,
        list_physical_devices=lambda kind: [f"{kind}:0", f"{kind}:1"],
        set_logical_device_configuration=told.__setitem__,
    )
    monkeypatch.setitem(sys.modules, "tensorflow", SimpleNamespace(config=config))
    monkeypatch.setenv("KERAS_BACKEND", "tensorflow")
    monkeypatch.setenv("COURSE_ACCELERATOR_MB", "32348")
    child.cap_accelerator()
    assert told == {"GPU:0": [32348], "GPU:1": [32348]}


def test_packages_of_another_environment_are_visible(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    folder = f"{tmp_path}/lib/site-packages"
    os.makedirs(folder)
    monkeypatch.syspath_prepend(folder)
    monkeypatch.syspath_prepend(str(tmp_path))  # Such as a source folder, which holds solutions.
    assert folder in [str(one.source) for one in places.interpreter()]
    assert str(tmp_path) not in [str(one.source) for one in places.interpreter()]
