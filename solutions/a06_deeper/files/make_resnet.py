"""Write the weights that the audit hands in with the ResNet notebook: its own training's.

    .venv/bin/python solutions/a06_deeper/files/make_resnet.py [VARIANT...]

Trains the solution, and each variant that hands in weights of its own: those that have a folder beside
the solution's file, and those named. Ten seconds each.
"""

import sys
from pathlib import Path

from autograder.source.course import find_course
from autograder.source.notebook import Reference, read_source, read_variant, splice
from course_lib import data

FOLDER = Path(__file__).parent / "resnet"
FILE = "resnet.safetensors"
SEED = 1  # as in the notebook


def main() -> None:
    course = find_course(FOLDER)
    source = read_source(course.source("a06_deeper", "resnet"))
    variants = {path.stem: path for path in course.variants("a06_deeper", "resnet")}
    train = data.load("mnist").train
    names = {path.name for path in FOLDER.iterdir() if path.is_dir()} | set(sys.argv[1:])
    for name in ["", *sorted(names)]:
        notebook = splice(source, read_variant(variants[name])) if name else source
        found = Reference(notebook, f"a06_deeper/resnet/{name}").namespace
        (FOLDER / name).mkdir(exist_ok=True)
        score = found.train_resnet(train.images, train.labels, seed=SEED)
        found.hand_in(score, FOLDER / name / FILE)
        print(FOLDER / name / FILE)


if __name__ == "__main__":
    main()
