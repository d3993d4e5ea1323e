"""A network that somebody else has trained, on 1.3 million photographs, and its class names.

The weights and the names come from installed packages: nothing is downloaded.
"""

from course_lib.pretrained._efficientnet import STAGES, efficientnet_lite0
from course_lib.pretrained._imagenet import imagenet_classes, likeliest, preprocess
from course_lib.pretrained._package import MissingPackageError
from course_lib.pretrained._torch_file import TorchFileError, read_torch_file

__all__ = [
    "STAGES",
    "MissingPackageError",
    "TorchFileError",
    "efficientnet_lite0",
    "imagenet_classes",
    "likeliest",
    "preprocess",
    "read_torch_file",
]
