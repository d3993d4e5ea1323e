"""Which calls a student's code makes into libraries, looked at as Python makes them.

A profile function sees every Python function that starts and every C function that Python code
calls. Whose code a function is, is told by the file that it was compiled from:

- the *student's*: cells, and whatever is no installed file;
- *between*: Python's own library, NumPy, and modules that only pass calls on: who called them is
  asked;
- a *library's*: what it does once it was called is its own matter, but for the modules in
  `_ALWAYS`, which hold what tasks ask to be written.

The process that this runs in is the student's; `docs/security.md` says what can be got around.
"""

from __future__ import annotations

import sys
import sysconfig
import threading
from collections.abc import Iterable
from pathlib import Path
from types import CodeType, FrameType, TracebackType
from typing import Any

from course_lib.checking.families import is_allowed, is_harmless, is_standard

_PASSING_ON = (
    "tensorflow.python.autograph",
    "tensorflow.python.util",
    "tensorflow.python.profiler.trace",
    "tensorflow.python.ops.weak_tensor_ops",
    "tensorflow.python.trace_profiler",
    "keras.src.utils.traceback_utils",
    "keras.src.api_export",
    "jax._src.traceback_util",
    "scipy._lib",
    "scipy.fft._backend",
    "scipy.linalg._decorators",
)
"""Modules whose functions wrap those of others."""
_ALWAYS = (
    "numpy",
    "scipy.ndimage",
    "scipy.signal",
    "keras.src.applications",
    "keras.src.layers",
    "keras.src.losses",
    "keras.src.metrics",
    "keras.src.optimizers",
    "keras.src.ops.image",
    "keras.src.ops.nn",
    *(
        f"keras.src.backend.{name}.{part}"
        for name in ("tensorflow", "jax")
        for part in ("image", "nn")
    ),
    "tensorflow.python.ops.gen_image_ops",
    "tensorflow.python.ops.gen_nn_ops",
    "tensorflow.python.ops.image_ops_impl",
    "tensorflow.python.ops.nn_impl",
    "tensorflow.python.ops.nn_ops",
    "jax._src.lax.convolution",
    "jax._src.lax.windowed_reductions",
    "jax._src.nn",
)
"""Modules each of whose functions must be allowed, whoever calls it."""
_NOT_A_CALL = frozenset(
    (
        "<module>",
        "__getattr__",
        "__dir__",
        "__instancecheck__",
        "__subclasscheck__",
        "__subclasshook__",
        "__del__",
        "find_spec",
        "_xla_gc_callback",
    )
)
"""What an import, a question about a class and cleaning up run."""

_FINE, _ASK, _NEVER = range(3)
_STUDENT, _PASSES, _LIBRARY = range(3)

_COURSE_LIB = str(Path(__file__).resolve().parents[1])
_PROBES = str(Path(__file__).resolve().with_name("probes.py"))
_PATHS = sysconfig.get_paths()
_PACKAGES = tuple(
    dict.fromkeys(
        path.rstrip("/")
        for path in (_PATHS["purelib"], _PATHS["platlib"], *sys.path)
        if path.rstrip("/").endswith(("site-packages", "dist-packages"))
    )
)
_STANDARD = (_PATHS["stdlib"], _PATHS["platstdlib"])

_setprofile = sys.setprofile


class Watch:
    """Look at every call in this thread, and in those that begin meanwhile.

    Args:
        rules: what is allowed.
        never: code that may not run, whoever calls it.

    Attributes:
        refused: the first call that was not allowed; it stays also if its error was caught.
    """

    def __init__(self, rules: dict[str, bool], never: Iterable[CodeType]) -> None:
        self.refused = ""
        self._rules = rules
        self._never = {id(code): code for code in never}
        self._known: dict[int, tuple[CodeType, int, str]] = {}
        self._places: dict[int, tuple[CodeType, int]] = {}
        self._c_functions: dict[Any, int] = {}

    def __enter__(self) -> Watch:
        self._before = sys.getprofile()
        threading.setprofile(self._see)
        _setprofile(self._see)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        _setprofile(self._before)
        threading.setprofile(None)

    def _see(self, frame: FrameType, event: str, arg: Any) -> None:
        if event == "call":
            known = self._known.get(id(frame.f_code)) or self._learn(frame)
            if known[1] == _FINE:
                return
            if known[1] == _NEVER or self._asks(frame.f_back, known[2]):
                self._refuse(_shown(frame, known[2]))
        elif event == "c_call" and self._place(frame) == _STUDENT:
            name = _c_name(arg)
            if not is_allowed(name, self._rules, otherwise=is_standard(name)):
                self._refuse(name)

    def _refuse(self, name: str) -> None:
        from course_lib.checking.forbidden import ForbiddenCallError

        self.refused = self.refused or name
        _setprofile(self._before)
        raise ForbiddenCallError(name)

    def _learn(self, frame: FrameType) -> tuple[CodeType, int, str]:
        """What is to be done when this code is called, and its dotted name."""
        code = frame.f_code
        module = module_of(frame)
        name = f"{module}.{code.co_qualname}".removesuffix("_eager_fallback")
        is_call = code.co_name not in _NOT_A_CALL and not _starts(module, _PASSING_ON)
        if id(code) in self._never:
            verdict = _NEVER
        elif (
            module and is_call and not is_allowed(name, self._rules, otherwise=is_harmless(module))
        ):
            verdict = _NEVER if _is_always(module) else _ASK
        else:
            verdict = _FINE
        self._known[id(code)] = known = (code, verdict, name)
        return known

    def _asks(self, frame: FrameType | None, name: str) -> bool:
        """Whether it is the student's code that calls, itself or through others."""
        if is_standard(name):  # Python's own library may use what the student's code may not.
            return frame is None or self._place(frame) == _STUDENT
        while frame is not None:
            if frame.f_code.co_filename == _PROBES:
                return not name.startswith("course_lib.")
            place = self._place(frame)
            if place != _PASSES:
                return place == _STUDENT
            frame = frame.f_back
        return True

    def _place(self, frame: FrameType) -> int:
        code = frame.f_code
        found = self._places.get(id(code))
        if found is None:
            module = module_of(frame)
            place = _STUDENT if not module else _PASSES if _only_passes(module) else _LIBRARY
            self._places[id(code)] = found = (code, place)
        return found[1]


def module_of(frame: FrameType) -> str:
    """The installed module that a frame's code was written in; empty for the student's."""
    file = frame.f_code.co_filename
    if file.startswith("<"):
        if file.startswith("<frozen "):
            return "importlib"
        # Made by a library from text: then its names are those of the library's module.
        name = frame.f_globals.get("__name__", "")
        module = sys.modules.get(name) if isinstance(name, str) else None
        if module is None or getattr(module, "__dict__", None) is not frame.f_globals:
            return ""
        file = getattr(module, "__file__", None) or ""
    return module_in(file)


def module_in(file: str) -> str:
    """The installed module that a file holds; empty if it is none."""
    if file.startswith(_COURSE_LIB):
        return "course_lib." + _dotted(file[len(_COURSE_LIB) + 1 :])
    for folder in _PACKAGES:
        if file.startswith(folder):
            return _dotted(file[len(folder) + 1 :])
    for folder in _STANDARD:
        if file.startswith(folder):
            return _dotted(file[len(folder) + 1 :])
    return ""


def _dotted(path: str) -> str:
    return path.partition(".")[0].removesuffix("/__init__").replace("/", ".")


def _only_passes(module: str) -> bool:
    return is_standard(module) or _starts(module, ("numpy", *_PASSING_ON))


def _is_always(module: str) -> bool:
    return _starts(module, _ALWAYS)


def _starts(module: str, names: tuple[str, ...]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)


def _c_name(function: Any) -> str:
    """The dotted name of a C function of a library, or one of Python's own that loads or runs."""
    owner = getattr(function, "__self__", None)
    module = getattr(function, "__module__", None)
    if not isinstance(module, str):
        module = owner.__module__ if isinstance(owner, type) else type(owner).__module__
    return f"{module}.{getattr(function, '__name__', '')}"


def _shown(frame: FrameType, name: str) -> str:
    """A call as a student knows it: the class of the object, the name without inner folders."""
    owner = frame.f_locals.get("self")
    made_by = type(owner)
    is_method = frame.f_code.co_varnames[:1] == ("self",)
    if is_method and made_by.__module__.partition(".")[0] == name.partition(".")[0]:
        name = f"{made_by.__module__}.{made_by.__name__}"
    *owners, last = name.split(".")
    inner = ("src", "python", "<locals>")
    return ".".join([*(n for n in owners if n not in inner and n[:1] != "_"), last])


def codes_of(functions: Iterable[Any]) -> Iterable[CodeType]:
    """The code behind functions and methods, also where others are wrapped around it."""
    for function in functions:
        seen = 0
        while function is not None and seen < 10:
            if isinstance(code := getattr(function, "__code__", None), CodeType):
                yield code
            function, seen = getattr(function, "__wrapped__", None), seen + 1
