"""A model's layers, shapes and parameter counts, without allocating one weight.

>>> from course_lib.blueprints import blueprint
>>> vgg19 = blueprint(keras.applications.VGG19, weights=None)
>>> vgg19.parameters
143667240

Importing this package is cheap: Keras is imported by the first call of `blueprint`.
"""

from course_lib.blueprints._build import blueprint, blueprint_with_variables
from course_lib.blueprints._errors import NetworkError, NotAModelError, UnknownInputError
from course_lib.blueprints._expand import functional_inside
from course_lib.blueprints._values import (
    Blueprint,
    CallBlueprint,
    LayerBlueprint,
    NodeReference,
    Shape,
    Weight,
)

__all__ = [
    "Blueprint",
    "CallBlueprint",
    "LayerBlueprint",
    "NetworkError",
    "NodeReference",
    "NotAModelError",
    "Shape",
    "UnknownInputError",
    "Weight",
    "blueprint",
    "blueprint_with_variables",
    "functional_inside",
]
