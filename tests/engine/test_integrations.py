"""The files for CI: linted by the tools of their formats, and run as the systems run them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest
import yaml

from autograder.release.write import write_release
from autograder.sandbox import namespaces_problem
from autograder.source.beginning import write_course, write_notebook
from autograder.source.course import find_course
from autograder.source.mistakes import Variant, read_mistakes, splice
from autograder.source.notebook import read_source

ROOT = Path(__file__).resolve().parents[2]
CI, WORKFLOWS = ROOT / "integrations", ROOT / ".github" / "workflows"
BIN = Path(sys.executable).parent
GITHUB = sorted([*WORKFLOWS.glob("*.yml"), CI / "student-workflow.yml"])
GITLAB = CI / "gitlab" / ".gitlab-ci.yml"
SHELL = sorted([*CI.rglob("*.sh"), CI / "gradescope" / "run_autograder", ROOT / ".ci" / "run"])
ASSIGNMENT, NOTEBOOK, OTHER = "a02_small", "edges", "lines"
needs_namespaces = pytest.mark.skipif(
    namespaces_problem() is not None, reason="this machine cannot make namespaces"
)


def run(*command: object, **options: object) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]


def in_order(*command: object) -> None:
    ran = run(*command)
    assert ran.returncode == 0, ran.stdout + ran.stderr


# The tools of the formats ---------------------------------------------------------------------


def test_workflows_follow_githubs_schema() -> None:
    in_order(BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", *GITHUB)


def test_pipelines_follow_gitlabs_schema() -> None:
    in_order(
        BIN / "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci",
        "--data-transform", "gitlab-ci", GITLAB,
    )  # fmt: skip


def test_workflows_are_secure() -> None:
    # Actions pinned by commit, least permissions, no credentials left behind, no input in a script.
    in_order(BIN / "zizmor", "--offline", "--persona", "pedantic", *GITHUB)


def github_scripts() -> Iterator[tuple[str, str]]:
    for path in GITHUB:
        for name, job in yaml.safe_load(path.read_text())["jobs"].items():
            for number, step in enumerate(job.get("steps", [])):
                if "run" in step:
                    yield f"{path.name}-{name}-{number}", step["run"]


def gitlab_scripts() -> Iterator[tuple[str, str]]:
    for name, job in yaml.safe_load(GITLAB.read_text()).items():
        for part in ("before_script", "script"):
            if part in job:
                yield f"gitlab-{name}-{part}", "\n".join(job[part])


@pytest.mark.parametrize("path", SHELL, ids=lambda path: path.name)
def test_shell_files_are_right(path: Path) -> None:
    in_order("bash", "-n", path)
    in_order(BIN / "shellcheck", path)
    assert os.access(path, os.X_OK)
    assert "set -euo pipefail" in path.read_text()


@pytest.mark.parametrize(
    "script", [pytest.param(s, id=n) for n, s in [*github_scripts(), *gitlab_scripts()]]
)
def test_scripts_in_pipelines_are_right(script: str, tmp_path: Path) -> None:
    path = tmp_path / "script.sh"
    path.write_text(f"#!/usr/bin/env bash\nset -eo pipefail\n{script}")
    in_order("bash", "-n", path)
    in_order(BIN / "shellcheck", path)
    assert "${{" not in script, "an expression in a script is run as part of it"


# What the files say of each other -------------------------------------------------------------


def test_the_students_workflow_gives_what_the_reusable_one_asks() -> None:
    # YAML 1.1 reads the key `on` as true.
    asked = yaml.safe_load((WORKFLOWS / "grade.yml").read_text())[True]["workflow_call"]["inputs"]
    (job,) = yaml.safe_load((CI / "student-workflow.yml").read_text())["jobs"].values()
    required = {name for name, about in asked.items() if about.get("required")}
    assert required <= set(job["with"]) <= set(asked)
    repository, commit = job["uses"].split("/.github/workflows/grade.yml@")
    assert job["with"]["course-repository"] == repository
    assert job["with"]["course-commit"] == commit
    assert "secrets" not in job


def test_the_job_that_runs_student_code_has_no_secret() -> None:
    text = (WORKFLOWS / "grade.yml").read_text()
    assert not re.search(r"secrets[.\[]|github\.token|GITHUB_TOKEN", text)
    for job in yaml.safe_load(text)["jobs"].values():
        assert job["permissions"] == {"contents": "read"}
        for step in job["steps"]:
            if "actions/checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("name", ["cpu", "gpu"])
def test_images_copy_what_there_is_and_run_as_nobody_special(name: str) -> None:
    lines = (CI / "container" / f"Dockerfile.{name}").read_text().splitlines()
    sources = [word for line in lines if line.startswith("COPY ") for word in line.split()[1:-1]]
    assert {"pyproject.toml", "autograder", "course_lib", "solutions", "assignments"} <= set(
        sources
    )
    assert all((ROOT / source).exists() for source in sources)
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users
    assert users[-1] not in ("0", "root")


# Gradescope -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository as this one, but with a small course, for which no framework is started."""
    root = tmp_path_factory.mktemp("repository") / "course"
    write_course(root, framework=False)
    for name in (NOTEBOOK, OTHER):
        write_notebook(find_course(root), f"{ASSIGNMENT}/{name}", framework=False)
    (root / "solutions" / "shared.py").touch()
    for name in ("autograder", "course_lib", "integrations"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, root)
    write_release(find_course(root))
    return root


def archive(course: Path, target: Path) -> subprocess.CompletedProcess[str]:
    script = course / "integrations" / "gradescope" / "build_archive.py"
    return run(sys.executable, script, ASSIGNMENT, "--to", target)


def test_an_archive_is_the_same_every_time_and_of_one_assignment(
    course: Path, tmp_path: Path
) -> None:
    (course / "autograder" / "__pycache__").mkdir(exist_ok=True)
    (course / "autograder" / "__pycache__" / "x.pyc").touch()
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    made = archive(course, first)
    assert made.returncode == 0, made.stderr
    assert re.search(r"autograder points to [1-9][0-9.]*\.$", made.stdout.strip())
    archive(course, second)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as packed:
        names = packed.namelist()
        assert packed.read("assignment").decode().strip() == ASSIGNMENT
        assert packed.read("isolation").decode().strip() == "namespaces"
        for name in ("setup.sh", "run_autograder"):
            assert packed.getinfo(name).external_attr >> 16 & 0o111 == 0o111
    assert {name.split("/")[1] for name in names if name.startswith("solutions/")} == {
        ASSIGNMENT,
        "shared.py",
    }
    assert not [name for name in names if "__pycache__" in name]


def test_an_archive_of_no_assignment_is_refused(tmp_path: Path) -> None:
    script = CI / "gradescope" / "build_archive.py"
    ran = run(sys.executable, script, "a99_nothing", "--to", tmp_path / "x.zip")
    assert ran.returncode == 1
    assert "a99_nothing" in ran.stderr
    assert not (tmp_path / "x.zip").exists()


@pytest.fixture(scope="module")
def gradescope(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folders that Gradescope makes; the environment of the tests stands for `setup.sh`."""
    root = tmp_path_factory.mktemp("gradescope") / "autograder"
    made = archive(course, root.parent / "a.zip")
    assert made.returncode == 0, made.stderr
    for name in ("source", "submission", "results"):
        (root / name).mkdir(parents=True)
    with zipfile.ZipFile(root.parent / "a.zip") as packed:
        for entry in packed.infolist():
            Path(packed.extract(entry, root / "source")).chmod(entry.external_attr >> 16)
    shutil.copy(root / "source" / "run_autograder", root)
    return root


def run_gradescope(root: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"AUTOGRADER_ROOT": str(root), "AUTOGRADER_VENV": str(BIN.parent)}
    return run(root / "run_autograder", cwd=root, env=environment)


def solved(
    course: Path, variant: Variant | None = None, name: str = NOTEBOOK
) -> nbformat.NotebookNode:
    source = read_source(find_course(course).source(ASSIGNMENT, name))
    return source if variant is None else splice(source, variant)


def a_mistake(course: Path) -> Variant:
    return next(m for m in read_mistakes(find_course(course), ASSIGNMENT, NOTEBOOK) if m.hint)


@needs_namespaces
def test_gradescope_gets_full_marks_for_a_solved_notebook(course: Path, gradescope: Path) -> None:
    nbformat.write(solved(course), gradescope / "submission" / f"{NOTEBOOK}.ipynb")
    ran = run_gradescope(gradescope)
    assert ran.returncode == 0, ran.stderr
    document = json.loads((gradescope / "results" / "results.json").read_text())
    mine = [test for test in document["tests"] if test["name"].startswith(f"{NOTEBOOK}: ")]
    assert mine
    assert {test["status"] for test in mine} == {"passed"}
    assert document["score"] == sum(test["max_score"] for test in mine) > 0
    assert "was not submitted" in document["output"]


@needs_namespaces
def test_gradescope_shows_a_mistake_with_its_sentence(course: Path, gradescope: Path) -> None:
    variant = a_mistake(course)
    nbformat.write(solved(course, variant), gradescope / "submission" / f"{NOTEBOOK}.ipynb")
    ran = run_gradescope(gradescope)
    assert ran.returncode == 0, ran.stderr
    document = json.loads((gradescope / "results" / "results.json").read_text())
    failed = {
        test["name"].removeprefix(f"{NOTEBOOK}: "): test
        for test in document["tests"]
        if test["name"].startswith(f"{NOTEBOOK}: ") and test["status"] == "failed"
    }
    assert set(failed) == set(variant.fails)
    assert any(variant.sentence in test["output"] for test in failed.values())
    assert document["score"] == sum(test["score"] for test in document["tests"])


def test_gradescope_gets_no_results_when_grading_cannot_start(
    gradescope: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "autograder"
    shutil.copytree(gradescope, broken)
    (broken / "results" / "results.json").write_text("what an earlier run left")
    (broken / "source" / "isolation").write_text("walls\n")
    ran = run_gradescope(broken)
    assert ran.returncode == 2
    assert "walls" in ran.stderr
    assert not (broken / "results" / "results.json").exists()


# GitHub's runner ------------------------------------------------------------------------------


class Runner:
    """Runs a job's scripts as GitHub's runner does, without its actions and its `sudo`."""

    def __init__(self, workspace: Path, temporary: Path, inputs: dict[str, str]) -> None:
        self.job = yaml.safe_load((WORKFLOWS / "grade.yml").read_text())["jobs"]["grade"]
        self.workspace, self.temporary, self.inputs = workspace, temporary, inputs
        self.outputs: dict[str, dict[str, str]] = {}
        self.summary = ""

    def value(self, text: object) -> str:
        """A string with its expressions evaluated; those that the job uses, and no others."""

        def of(found: re.Match[str]) -> str:
            kind, _, name = found[1].partition(".")
            if kind == "inputs":
                return self.inputs.get(name, "")
            if found[1] == "github.event.repository.name":
                return "student-one"
            step, _, output = name.partition(".outputs.")
            assert kind == "steps", f"unknown expression {found[0]}"
            return self.outputs.get(step, {}).get(output, "")

        return re.sub(r"\$\{\{\s*([\w.-]+)\s*\}\}", of, str(text))

    def run(self, name: str) -> subprocess.CompletedProcess[str]:
        (step,) = (step for step in self.job["steps"] if step.get("name") == name)
        files = {key: self.temporary / key for key in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for path in files.values():
            path.write_text("")
        script = self.temporary / "script.sh"
        script.write_text(step["run"])
        clean = {k: v for k, v in os.environ.items() if not k.startswith("GITHUB_")}
        given = {k: self.value(v) for k, v in {**self.job["env"], **step.get("env", {})}.items()}
        ran = run(
            "bash", "--noprofile", "--norc", "-eo", "pipefail", script,
            cwd=self.workspace,
            env=clean
            | {key: str(path) for key, path in files.items()}
            | {"GITHUB_WORKSPACE": str(self.workspace), "RUNNER_TEMP": str(self.temporary)}
            | {"PATH": f"{BIN}:{os.environ['PATH']}"}
            | given,
        )  # fmt: skip
        self.summary += files["GITHUB_STEP_SUMMARY"].read_text()
        if "id" in step:
            lines = files["GITHUB_OUTPUT"].read_text().splitlines()
            self.outputs[step["id"]] = dict(line.split("=", 1) for line in lines)
        return ran


INPUTS = {"assignment": ASSIGNMENT, "course-commit": "0" * 40, "device": "cpu"}
TRAP = "import pathlib\npathlib.Path({marker!r}).touch()\nraise SystemExit('the trap')\n"


@pytest.fixture
def runner(course: Path, tmp_path: Path) -> Runner:
    """A workspace with the course and a student's repository that is full of traps."""
    workspace, temporary = tmp_path / "work", tmp_path / "temp"
    student = workspace / "submitted" / "student-one"
    for path in (student / ASSIGNMENT, temporary / "venv"):
        path.mkdir(parents=True)
    (workspace / "course").symlink_to(course)
    (temporary / "venv" / "bin").symlink_to(BIN)  # What "Install the grader" makes.
    trap = TRAP.format(marker=str(tmp_path / "sprung"))
    for name in ("sitecustomize", "autograder/__init__", "course_lib/__init__", "conftest", "json"):
        path = student / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(trap)
        shutil.copy(path, student / ASSIGNMENT / path.name)
    return Runner(workspace, temporary, INPUTS)


@needs_namespaces
def test_every_step_of_the_reusable_workflow_runs(
    course: Path, runner: Runner, tmp_path: Path
) -> None:
    folder = runner.workspace / "submitted" / "student-one" / ASSIGNMENT
    nbformat.write(solved(course, a_mistake(course)), folder / f"{NOTEBOOK}.ipynb")
    nbformat.write(solved(course, name=OTHER), folder / f"{OTHER}.ipynb")
    checked = runner.run("Look at the inputs")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    graded = runner.run("Grade")
    assert graded.returncode == 0, graded.stdout + graded.stderr
    assert runner.outputs["grade"] == {"code": "0"}
    first, *_, last = graded.stdout.splitlines()
    assert last == f"::{first.removeprefix('::stop-commands::')}::"
    shown = runner.run("Show the result")
    assert shown.returncode == 0, shown.stdout + shown.stderr
    assert shown.stdout.startswith(f"::error file={ASSIGNMENT}/")
    assert f"file={ASSIGNMENT}/{NOTEBOOK}.ipynb" in shown.stdout
    outputs = runner.outputs["export"]
    assert 0 < float(outputs["score"]) < float(outputs["max_score"])
    assert "<h2>student-one" in runner.summary
    kept = next(s for s in runner.job["steps"] if s.get("name") == "Keep the records")["with"]
    paths = re.sub(r"\$\{\{\s*runner\.temp\s*\}\}", str(runner.temporary), kept["path"]).split()
    assert all(Path(found).exists() for found in paths)
    assert not [found for found in paths if (Path(found) / "rounds").exists()]
    assert (
        ElementTree.parse(runner.temporary / "graded" / "junit.xml").getroot().get("errors") == "0"
    )
    assert runner.run("Say whether everything was graded").returncode == 0
    assert not (tmp_path / "sprung").exists()


def test_the_job_is_red_when_something_was_not_graded(runner: Runner) -> None:
    runner.outputs["grade"] = {"code": "1"}
    said = runner.run("Say whether everything was graded")
    assert said.returncode == 1
    assert said.stdout.startswith("::error::")


def test_the_job_is_red_when_grading_cannot_start(runner: Runner) -> None:
    runner.inputs = INPUTS | {"assignment": "a99_nothing"}
    (runner.workspace / "submitted" / "student-one" / "a99_nothing").mkdir()
    assert runner.run("Grade").returncode != 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("assignment", f"../{ASSIGNMENT}"),
        ("assignment", "$(touch x)"),
        ("course-commit", "main"),
        ("course-commit", "0" * 39),
        ("device", "tpu"),
    ],
)
def test_wrong_inputs_are_refused(runner: Runner, name: str, value: str) -> None:
    runner.inputs = INPUTS | {name: value}
    ran = runner.run("Look at the inputs")
    assert ran.returncode == 2
    assert ran.stdout.startswith("::error::")
    assert name in ran.stdout


# GitLab's runner ------------------------------------------------------------------------------


@needs_namespaces
def test_gitlabs_script_leaves_reports(course: Path, tmp_path: Path) -> None:
    project, temporary = tmp_path / "project", tmp_path / "tmp"
    (project / "assignments" / ASSIGNMENT).mkdir(parents=True)
    nbformat.write(solved(course), project / "assignments" / ASSIGNMENT / f"{NOTEBOOK}.ipynb")
    (temporary / "venv").mkdir(parents=True)
    (temporary / "course").symlink_to(course)
    (temporary / "venv" / "bin").symlink_to(BIN)  # What `before_script` makes.
    pipeline = yaml.safe_load(GITLAB.read_text())
    script = "\n".join(pipeline["grade"]["script"]).replace("/tmp/", f"{temporary}/")
    variables = pipeline["variables"] | {"ASSIGNMENT": ASSIGNMENT}
    given = {"CI_PROJECT_DIR": str(project), "CI_PROJECT_NAME": "student-one"}
    ran = run("bash", "-eo", "pipefail", "-c", script, env=os.environ | variables | given)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    reports = pipeline["grade"]["artifacts"]["reports"]
    suites = ElementTree.parse(project / reports["junit"]).getroot()
    lost = {suite.get("name", "").split("/")[-1]: suite.get("failures") for suite in suites}
    assert lost.pop(NOTEBOOK) == "0"
    assert lost
    assert "0" not in lost.values()
    issues = json.loads((project / reports["codequality"]).read_text())
    assert {Path(issue["location"]["path"]).stem for issue in issues} == set(lost)
    assert not (project / "grade" / "rounds").exists()
