"""What a GPU machine is, and what a sandbox on it can see; the first steps of `gpu_lane.py`.

Nothing here grades. Everything that could explain a failure later is written down, since the
machine may be gone by then.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from autograder.grading.device import Lane, find_accelerators
from autograder.grading.preloads import preloads
from autograder.sandbox import Child, Sandbox, SandboxLimits, bwrap, namespaces_problem, places
from autograder.sandbox.host import stop
from autograder.source.course import Course

COMMANDS = (
    "uname -a; id; nproc; free -g | head -2",
    "nvidia-smi",
    "nvidia-smi --query-gpu=name,driver_version,memory.total,compute_mode,mig.mode.current "
    "--format=csv",
    "ls -l /dev/nvidia* /dev/nvidia-caps 2>&1",
    "ls -l /proc/driver/nvidia 2>&1; head -20 /proc/driver/nvidia/params",
    "ls -ld /usr/local/nvidia /usr/local/cuda* 2>&1; ls /usr/local/nvidia 2>&1",
    "ldconfig -p | grep -E 'libcuda|libnvidia-ptx|libcudart' | head",
    "command -v ptxas nvlink nvcc bwrap unshare",
    "grep -E 'nvidia|cgroup| / ' /proc/self/mounts",
    "cat /proc/self/cgroup | head; ls /sys/fs/cgroup | head -30",
    "sysctl kernel.unprivileged_userns_clone kernel.apparmor_restrict_unprivileged_userns "
    "user.max_user_namespaces 2>&1",
    "unshare -Ur true && echo user namespaces: yes",
    "cat /sys/kernel/mm/transparent_hugepage/enabled",
)

# What JAX finds, and how it computes: the last line says how far float32 is from float64.
JAX = """
import os, time
started = time.perf_counter()
import jax, numpy as np
devices = jax.devices()
print("devices", devices, f"{time.perf_counter() - started:.1f} s")
stats = getattr(devices[0], "memory_stats", dict)() or {}
print("memory", {k: v >> 20 for k, v in stats.items() if "bytes" in k}, "MiB")
started = time.perf_counter()
x = np.random.default_rng(0).normal(size=(512, 512)).astype(np.float32)
y = np.asarray(jax.jit(lambda a: a @ a)(x))
print(f"compiled and ran in {time.perf_counter() - started:.1f} s")
exact = x.astype(np.float64) @ x.astype(np.float64)
print(f"error {np.abs(y - exact).max() / np.abs(exact).max():.1e}, "
      f"precision {os.environ.get('JAX_DEFAULT_MATMUL_PRECISION')}")
stats = getattr(devices[0], "memory_stats", dict)() or {}
print("memory", {k: v >> 20 for k, v in stats.items() if "bytes" in k}, "MiB")
with open("/proc/self/status") as lines:
    print([line.strip() for line in lines if line.startswith(("Rss", "VmHWM", "Threads"))])
"""

# The driver alone, without JAX.
DRIVER = """
import ctypes
try:
    cuda = ctypes.CDLL("libcuda.so.1")
    count = ctypes.c_int(-1)
    print("cuInit", cuda.cuInit(0), "cuDeviceGetCount", cuda.cuDeviceGetCount(ctypes.byref(count)),
          "devices", count.value)
except OSError as error:
    print("libcuda:", error)
"""

# CUDA names its threads in /proc, and does not start (error 304) if it does not find them there.
THREAD = """
import threading
def name_itself():
    try:
        with open(f"/proc/self/task/{threading.get_native_id()}/comm", "w") as file:
            file.write("named")
        print("a thread finds itself in /proc")
    except OSError as error:
        print("a thread does not find itself in /proc:", error)
thread = threading.Thread(target=name_itself)
thread.start()
thread.join()
"""

# What a process can see: compared between outside, a warm sandbox and the lane's.
VIEW = """
import json, os
def listed(folder, depth=1):
    found = []
    try:
        for name in sorted(os.listdir(folder)):
            path = f"{folder}/{name}".replace("//", "/")
            if not name.isdigit():
                found.append(path)
            if depth > 1 and os.path.isdir(path) and not os.path.islink(path):
                found += listed(path, depth - 1)
    except OSError as error:
        found.append(f"{folder}: {error.strerror}")
    return found
def opens(path, flags):
    try:
        os.close(os.open(path, flags | os.O_NONBLOCK))
        return True
    except OSError:
        return False
def try_mknod():
    try:
        os.mknod("scratch_node", 0o600 | 0o020000, os.makedev(195, 0))
        return True
    except (OSError, AttributeError):
        return False
with open("/proc/self/mountinfo") as lines:
    mounts = sorted({line.split()[4] + " " + line.split()[5].split(",")[0] for line in lines})
print("VIEW" + json.dumps({
    "dev": listed("/dev", 2), "proc": listed("/proc"), "driver": listed("/proc/driver", 2),
    "sys": listed("/sys"), "root": listed("/"), "mounts": mounts,
    "device nodes that open": [p for p in listed("/dev", 2) if "nvidia" in p and opens(p, 2)],
    "writable under /sys and /proc/driver": [
        p for p in ("/sys/kernel/profiling", "/sys/module", "/proc/driver/nvidia/suspend",
                    "/proc/driver/nvidia/params", "/sys/kernel/uevent_seqnum")
        if os.path.exists(p) and os.access(p, os.W_OK)],
    "a device node can be made": try_mknod(),
    "environment": sorted(os.environ),
}))
"""


def doctor() -> tuple[dict[str, Any], str]:
    """What this machine is, and under which isolation its GPU can be used."""
    lines = [f"python {sys.version.split()[0]} {sys.executable}, {platform.platform()}"]
    for command in COMMANDS:
        lines.append(f"$ {command}\n{shell(command)}")
    lines.append(f"environment: { {k: v for k, v in os.environ.items() if _relevant(k)} }")
    lines.append(f"sys.path: {sys.path}")
    lines.append(f"bound in the sandbox: {[str(one.source) for one in places.interpreter()]}")
    lines.append(f"bubblewrap: {bwrap.find_bwrap()}; namespaces: {namespaces_problem() or 'yes'}")
    found = find_accelerators()
    lines.append(f"accelerators: {found}")
    gpu = {"CUDA_VISIBLE_DEVICES": "0", "JAX_PLATFORMS": "cuda,cpu"} if found else {}
    lines.append(f"JAX outside:\n{python(JAX, gpu)}")
    works = {}
    for isolation in ("namespaces", "none"):
        said = in_sandbox(isolation, [THREAD, JAX, DRIVER], _first_slot(), warm=False)
        works[isolation] = "devices" in said and (not found or "Cuda" in said or "cuda" in said)
        lines.append(f"in the lane's sandbox, isolation {isolation}: {works[isolation]}\n{said}")
        if works[isolation]:
            break
        if isolation == "namespaces":
            lines.append(f"bubblewrap without the inner namespaces:\n{in_bubblewrap(JAX)}")
            lines.append(f"... the driver alone:\n{in_bubblewrap(DRIVER)}")
    isolation = next((name for name, good in works.items() if good), "none")
    return {
        "accelerators": [f"{a.name}, driver {a.driver}, {a.memory_mb} MB" for a in found],
        "isolation": isolation,
        "namespaces": namespaces_problem() or "yes",
        "works": works,
        "cores": os.cpu_count(),
    }, "\n".join(lines)


def lane(course: Course, assignment: str, isolation: str) -> tuple[dict[str, Any], str]:
    """Whether a child of the lane gets ready as it does for grading; if not, what it takes.

    The settings tried are those of grading first; what `works` says is what the next steps use.
    """
    modules = preloads(course, assignment)
    tried: dict[str, str] = {}
    small = course.limits.memory_mb
    for memory_mb, chosen in ((small, isolation), (64 << 10, isolation), (64 << 10, "none")):
        said = in_sandbox(chosen, [JAX], _first_slot(), False, modules, memory_mb, strict=True)
        tried[f"{memory_mb} MB, {chosen}"] = said
        if "devices" in said and "Error" not in said:
            works = {"memory_mb": memory_mb, "isolation": chosen}
            return {"works": works, "failed": len(tried) - 1}, json.dumps(tried, indent=1)
    return {"works": None, "tried": tried}, json.dumps(tried, indent=1)


def devices(isolation: str) -> tuple[dict[str, Any], str]:
    """What the lane's sandbox sees that the ordinary one does not."""
    views = {"outside": _view(python(VIEW, {}))}
    for name, warm in (("ordinary", True), ("lane", False)):
        views[name] = _view(in_sandbox(isolation, [VIEW], {} if warm else _first_slot(), warm))
    new = {
        key: sorted(set(views["lane"].get(key, ())) - set(views["ordinary"].get(key, ())))
        for key in views["lane"]
        if isinstance(views["lane"][key], list)
    }
    nodes = [path for path in new.get("dev", ()) if "nvidia" not in path]
    outside = set(views["outside"].get("dev", ()))
    result = {
        "new in the lane": new,
        "new device nodes that are not NVIDIA's": nodes,
        "outside and not in the lane": len(outside - set(views["lane"].get("dev", ()))),
        "a device node can be made": views["lane"].get("a device node can be made"),
        "writable": views["lane"].get("writable under /sys and /proc/driver"),
    }
    return result, json.dumps(views, indent=1)


def shell(command: str) -> str:
    """What a command says, whatever becomes of it."""
    try:
        ran = subprocess.run(
            ["bash", "-c", command], capture_output=True, text=True, timeout=30, check=False
        )
        return (ran.stdout + ran.stderr).strip()
    except subprocess.TimeoutExpired:
        return "took longer than 30 s"


def python(code: str, settings: dict[str, str]) -> str:
    """What a fresh process prints."""
    try:
        ran = subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, **settings},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        return (ran.stdout + ran.stderr[-1500:]).strip()
    except subprocess.TimeoutExpired:
        return "took longer than 60 s"


def in_sandbox(
    isolation: str,
    cells: list[str],
    settings: dict[str, str],
    warm: bool,
    modules: tuple[str, ...] = (),
    memory_mb: int = 8 << 10,
    strict: bool = False,
) -> str:
    """What cells print in a child of a sandbox.

    Args:
        strict: whether the child ends where it cannot have its share of the accelerator, as those
            that grade do.
    """
    if not strict:
        settings = {k: v for k, v in settings.items() if k != "COURSE_ACCELERATOR_MB"}
    try:
        with Sandbox(isolation, preload=modules, warm=warm) as sandbox:
            child = sandbox.spawn(SandboxLimits(memory_bytes=memory_mb << 20), settings)
            try:
                return "\n".join(run_cell(child, cell) for cell in cells)
            finally:
                stop(child)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def run_cell(child: Child, source: str, seconds: float = 90) -> str:
    """What a cell prints, and the error that ends it."""
    child.channel.send({"op": "cell", "source": source}, timeout_seconds=30)
    event, _ = child.channel.receive(seconds)
    texts = [item.get("text", "") for item in event.get("outputs", ())]
    error = event.get("error") or {}
    if error:
        texts.append(f"{error.get('type')}: {error.get('message')}\n{error.get('traceback', '')}")
    return "".join(map(str, texts)).strip()


def in_bubblewrap(code: str) -> str:
    """The lane's bubblewrap around a plain process: tells its part from the inner sandbox's."""
    import course_lib

    if namespaces_problem():
        return "no namespaces"
    package = Path(course_lib.__file__).parent
    command = bwrap.command(0, package, (), None, (), warm=False)
    arguments = command[: command.index("--", len(command) - 7)]
    for name, value in _first_slot().items():
        arguments += ["--setenv", name, value]
    try:
        ran = subprocess.run(
            [*arguments, "--", sys.executable, "-I", "-B", "-c", code],
            env={"PATH": "/usr/bin:/bin"}, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        return (ran.stdout + ran.stderr[-2500:]).strip()
    except subprocess.TimeoutExpired:
        return "took longer than 60 s"


def _first_slot() -> dict[str, str]:
    with Lane(find_accelerators(), slots=4).slot() as settings:
        return settings


def _view(said: str) -> dict[str, Any]:
    for line in said.splitlines():
        if line.startswith("VIEW"):
            return dict(json.loads(line.removeprefix("VIEW")))
    return {"failed": said}


def _relevant(name: str) -> bool:
    words = ("CUDA", "NVIDIA", "LD_", "XLA", "JAX", "KERAS", "PATH", "PYTHON", "TF_", "OUT")
    return any(word in name for word in words)


if __name__ == "__main__":
    print(shutil.which("nvidia-smi"), *doctor(), sep="\n")
