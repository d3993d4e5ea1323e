"""The command line: `autograder` and `python -m autograder`."""

from __future__ import annotations

import faulthandler
import logging
import os
import signal
import sys
from importlib import import_module
from keyword import iskeyword
from pathlib import Path

import click

from autograder._exceptions import AutograderError

_NOT_ON_A_NODE = ("jupytext", "nbgrader", "sqlalchemy")
_COMMANDS = (
    "new",
    "try",
    "release",
    "grade",
    "plan",
    "watch",
    "collect-results",
    "rescore",
    "history",
    "verify",
    "audit",
    "calibrate",
    "export",
    "demo",
    "doctor",
)


class _LazyGroup(click.Group):
    """Imports a command's module only when that command is asked for, so that help is instant."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module = f"{name}_" if iskeyword(name) else name.replace("-", "_")
        command: click.Command = import_module(f"autograder.cli.{module}").command
        return command


def _show_version(context: click.Context) -> None:
    from autograder._version import version

    click.echo(f"autograder, version {version()}")
    context.exit()


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--course",
    "course_folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="The course's folder (default: the one that the current directory lies in).",
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=lambda context, option, asked: _show_version(context) if asked else None,
    help="Show the version and exit.",
)
@click.pass_context
def autograder(context: click.Context, course_folder: Path | None) -> None:
    """Release assignments, grade submissions in a sandbox, and prove the grader right.

    \b
    A course of your own:
      autograder new course DIR               a complete beginning; its README says how to go on
    \b
    An instructor's round:
      autograder release                      make the student notebooks from solutions/
      autograder grade a01_layers --submissions submitted --out graded
      autograder audit a01_layers             right answers pass, known mistakes are named
    """
    context.obj = course_folder


def main() -> None:
    """Run the command line; an expected problem is one line, without a traceback."""
    # What TensorFlow says at every start is of no use to an instructor.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    # jsonschema, which nbformat imports, would parse the grammar of web addresses: a second of
    # every command. It does without if this is missing; no notebook's schema has an address.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    # Should the process itself crash, it says where, also while standard error is silenced.
    faulthandler.enable(os.fdopen(os.dup(2), "w"))
    # References are computed on the CPU, so that they are the same on every machine.
    if not os.environ.setdefault("CUDA_VISIBLE_DEVICES", ""):
        os.environ.setdefault("JAX_PLATFORMS", "cpu")
    # A scheduler's time limit ends a run as a person does, and nothing is left lying about.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sys.exit(autograder(standalone_mode=False) or 0)
    except AutograderError as error:
        click.echo(f"autograder: {error}", err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except ModuleNotFoundError as error:
        if error.name not in _NOT_ON_A_NODE:
            raise
        click.echo(
            f"autograder: {error.name} is not installed: this is a node, which grades shards of "
            "plans. For this, run `pip install '.[instructor]'` in the project's folder.",
            err=True,
        )
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("autograder: stopped; what was graded is kept. Run it again to go on.", err=True)
        sys.exit(130)


if __name__ == "__main__":
    main()
