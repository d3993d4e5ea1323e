"""Write the weights that the audit hands in with the ResNet notebook: its own training's.

    python solutions/a06_deeper/resnet/make_files.py [VARIANT...]

Trains the solution, and each variant that hands in weights of its own: those that have a folder in
`files/`, and those named (`resnet_weights/weights_by_name`). Ten seconds each.
"""

import sys
from pathlib import Path

from autograder.source.course import find_course
from autograder.source.mistakes import read_variants, splice
from autograder.source.notebook import read_source
from autograder.source.reference import Reference
from course_lib import data

PLACE = ("a06_deeper", "resnet")
FOLDER = Path(__file__).parent / "files"
FILE = "resnet.safetensors"
SEED = 1  # as in the notebook


def main() -> None:
    course = find_course(FOLDER)
    source = read_source(course.source(*PLACE))
    train = data.load("mnist").train
    notebooks = {"": source}
    for variant in read_variants(course, *PLACE):
        if (FOLDER / variant.name).is_dir() or variant.name in sys.argv[1:]:
            notebooks[variant.name] = splice(source, variant)
    for name, notebook in notebooks.items():
        found = Reference(notebook, f"a06_deeper/resnet/{name}").namespace
        (FOLDER / name).mkdir(parents=True, exist_ok=True)
        score = found.train_resnet(train.images, train.labels, seed=SEED)
        found.hand_in(score, FOLDER / name / FILE)
        print(FOLDER / name / FILE)


if __name__ == "__main__":
    main()
