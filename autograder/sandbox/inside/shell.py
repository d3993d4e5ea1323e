"""An IPython shell without a kernel: runs one cell and gathers its outputs as nbformat would."""

import ast
import builtins
import contextlib
import io
import os
import re
import sys
from collections.abc import Iterator
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from statements import GivenNames, below, first_line, names_given
from traitlets import Type
from traitlets.config import Config

MOST_OUTPUTS, MOST_NOTES = 1000, 100
KEPT_TYPES = (
    "text/plain",
    "text/html",
    "text/markdown",
    "text/latex",
    "image/png",
    "image/svg+xml",
)


class Outputs:
    """The outputs of one cell, up to a cap in bytes."""

    def __init__(self, cap: int) -> None:
        self.cap = cap
        self.clear()

    def clear(self) -> None:
        self.items: list[dict[str, Any]] = []
        self.used = 0
        self.truncated = False
        self.displays: dict[str, dict[str, Any]] = {}

    def _admit(self, size: int) -> bool:
        if self.used + size > self.cap or len(self.items) >= MOST_OUTPUTS:
            self.truncated = True
            return False
        self.used += size
        return True

    def stream(self, name: str, text: str) -> None:
        room = max(0, self.cap - self.used)
        if len(text) > room:
            self.truncated = True
            text = text[:room]
        if not text:
            return
        self.used += len(text)
        last = self.items[-1] if self.items else None
        if last and last["output_type"] == "stream" and last["name"] == name:
            last["text"].append(text)
        elif self._admit(0):
            self.items.append({"output_type": "stream", "name": name, "text": [text]})

    def gathered(self) -> list[dict[str, Any]]:
        """The outputs, each stream's pieces joined."""
        return [
            item | {"text": "".join(item["text"])} if item["output_type"] == "stream" else item
            for item in self.items
        ]

    def data(self, kind: str, data: dict[str, Any], metadata: Any, display_id: Any = None) -> None:
        kept = {key: data[key] for key in KEPT_TYPES if isinstance(data.get(key), (str, bytes))}
        for key, value in kept.items():
            if isinstance(value, bytes):
                import base64

                kept[key] = base64.b64encode(value).decode()
        if not kept or not self._admit(sum(map(len, kept.values()))):
            return
        item: dict[str, Any] = {"output_type": kind, "data": kept, "metadata": {}}
        if kind == "execute_result":
            item["execution_count"] = None
        if display_id and display_id in self.displays:
            self.displays[display_id]["data"] = kept
            return
        if display_id:
            self.displays[display_id] = item
        self.items.append(item)


class Stream(io.TextIOBase):
    """A text stream into a cell's outputs."""

    encoding = "utf-8"

    def __init__(self, outputs: Outputs, name: str) -> None:
        self.outputs, self.name = outputs, name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.outputs.stream(self.name, str(text))
        return len(text)


class CellDisplayHook(DisplayHook):
    """The value of a cell's last expression."""

    outputs: Outputs

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        self.outputs.data("execute_result", format_dict, md_dict)


class CellDisplayPublisher(DisplayPublisher):
    """`display(...)` and updates of earlier displays."""

    outputs: Outputs

    def publish(self, data, metadata=None, *, transient=None, update=False, **kwargs):  # type: ignore[override, no-untyped-def]
        display_id = (transient or {}).get("display_id")
        self.outputs.data("display_data", data, metadata, display_id)

    def clear_output(self, wait: bool = False) -> None:
        self.outputs.items.clear()


class SubmissionShell(InteractiveShell):
    """A shell that runs a submission's cells."""

    outputs: Outputs
    displayhook_class = Type(CellDisplayHook)
    display_pub_class = Type(CellDisplayPublisher)

    notes: list[dict[str, str]]
    given: GivenNames
    overwritten: dict[str, str]

    @classmethod
    def start(cls) -> "SubmissionShell":
        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "nocolor"
        config.InteractiveShell.xmode = "Context"
        shell = cls.instance(config=config)
        shell.outputs = CellDisplayHook.outputs = CellDisplayPublisher.outputs = Outputs(0)
        shell.notes = []
        shell.given = GivenNames(shell.user_ns)
        shell.overwritten = {}
        shell.enable_matplotlib("inline")
        shell._take_desk_away()
        return shell

    def _take_desk_away(self) -> None:
        """There is no keyboard, no debugger and no window: nothing may wait for one."""
        import getpass

        import matplotlib
        from matplotlib import pyplot
        from matplotlib.backend_bases import FigureCanvasBase

        builtins.input = getpass.getpass = self._input
        sys.breakpointhook = lambda *args, **kwargs: None
        for module, name in ((matplotlib, "use"), (pyplot, "switch_backend")):
            setattr(module, name, lambda *args, **kwargs: None)
        FigureCanvasBase.start_event_loop = lambda *args, **kwargs: None  # type: ignore[method-assign]

    def _input(self, *args: Any, **kwargs: Any) -> str:
        self.note("input")
        raise EOFError("nobody answers `input()` when a notebook is graded: write the value itself")

    def note(self, kind: str, about: str = "", line: str = "") -> None:
        """Tell the grader what could not be done for this cell."""
        if len(self.notes) < MOST_NOTES:
            self.notes.append({"kind": kind, "about": about, "line": line})

    @contextlib.contextmanager
    def _tee(self, channel: str) -> Iterator[None]:
        """No second copy of what is printed, for a history that is not kept."""
        yield

    def ask_exit(self) -> None:
        """`exit()` and `quit()`: the notebook goes on, as those that follow have points, too."""
        self.note("exit")

    def init_virtualenv(self) -> None:
        pass

    def enable_matplotlib(self, gui: str | None = None) -> tuple[str, str]:
        """Whatever is asked for, figures are drawn inline: there is no window here."""
        import matplotlib.pyplot as plt
        from matplotlib_inline.backend_inline import configure_inline_support

        plt.switch_backend("module://matplotlib_inline.backend_inline")
        configure_inline_support(self, "inline")
        return "inline", "inline"

    def enable_gui(self, gui: str | None = None) -> None:
        pass

    def system(self, cmd: str) -> None:
        """`!command` and what is built on it, such as `%pip`: said, not run."""
        # `%pip` and `%uv` become a command of this very Python: told as they were written.
        cmd = re.sub(rf"^[\"']?{re.escape(sys.executable)}[\"']? -m (?=\w)", "%", cmd)
        print(f"Not run when graded: {cmd}")
        self.note("command", cmd)
        self.user_ns["_exit_code"] = 0

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> list[str]:
        self.system(cmd)
        return []

    def showtraceback(self, *args: Any, **kwargs: Any) -> None:
        # The error travels as data; IPython's coloured text is not needed.
        pass

    showsyntaxerror = showtraceback

    def run(self, source: str, restore: bool) -> dict[str, Any]:
        """Run one cell; return its outputs and its error.

        Args:
            source: the cell.
            restore: whether this is a graded cell, for which `check` means the course's own.
        """
        if restore:
            from course_lib import check

            self.user_ns["check"] = check
        self.outputs.clear()
        self.notes.clear()
        self.overwritten.clear()
        error: BaseException | None
        with (
            contextlib.redirect_stdout(Stream(self.outputs, "stdout")),
            contextlib.redirect_stderr(Stream(self.outputs, "stderr")),
        ):
            try:
                result = self.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
                error = result.error_before_exec or result.error_in_exec
            except (KeyboardInterrupt, SystemExit) as stopped:
                error = stopped
        return {
            "outputs": self.outputs.gathered(),
            "truncated": self.outputs.truncated,
            "notes": self.notes,
            "overwritten": self.overwritten,
            "error": describe(error) if error is not None else None,
        }

    async def run_ast_nodes(  # type: ignore[no-untyped-def]
        self, nodelist, cell_name, interactivity="last_expr", compiler=compile, result=None
    ):
        """Run statement by statement, and go on below one that stops; its error stays the cell's.

        What stops a cell here may have worked at the student's desk, and what stands below it may
        be the imports of the whole notebook.
        """
        first: BaseException | None = None
        lost: set[str] = set()
        last = nodelist[-1] if nodelist else None
        rest = list(nodelist)
        while rest:
            node = rest.pop(0)
            how = interactivity if node is last else "none"
            stopped = await super().run_ast_nodes([node], cell_name, how, compiler, result)
            self._note_overwritten(node, self.given.overwritten(node, self.user_ns))
            if not stopped or result is None:
                continue
            error = result.error_before_exec or result.error_in_exec
            result.error_before_exec = result.error_in_exec = None
            first = first or error
            all_below, rest = rest, below(node, error, rest, self.given, self.user_ns)
            if len(rest) > len(all_below):
                continue  # It is tried again in parts.
            if not (isinstance(error, NameError) and str(error.name) in lost):
                self._note_stop(node, error, bool(rest))
            lost |= names_given(node)
            self._note_overwritten(node, names_given(node))
        if result is not None:
            result.error_in_exec = first
        return first is not None

    @property
    def _asked(self) -> bool:
        """Whether this cell called `input()`, of which is told in its own words."""
        return any(note["kind"] == "input" for note in self.notes)

    def _note_overwritten(self, node: ast.stmt, names: set[str]) -> None:
        """Tell the grader which names a statement took their given value from."""
        if names:
            self.overwritten |= dict.fromkeys(names, first_line(node))

    def _note_stop(self, node: ast.stmt, error: BaseException, goes_on: bool) -> None:
        """Tell what stopped a cell, if anything below it is run all the same."""
        package = str(getattr(error, "name", "")).partition(".")[0]
        if isinstance(error, ModuleNotFoundError) and package not in sys.modules:
            print(f"Not installed where notebooks are graded: {package}")
            self.note("package", package)
        elif goes_on and not (isinstance(error, EOFError) and self._asked):
            told = describe(error)
            about = ": ".join(filter(None, (told["type"], told["message"])))
            self.note("stopped", about, line=first_line(node))


def describe(error: BaseException) -> dict[str, str]:
    from course_lib.checking.exceptions import describe_exception

    return describe_exception(error)


# Shell commands (`!ls`) run without a terminal.
os.environ.setdefault("TERM", "dumb")
sys.argv = sys.argv[:1]
