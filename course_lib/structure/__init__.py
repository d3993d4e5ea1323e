"""Networks compared by what they are, whatever the style they are written in.

>>> from course_lib.structure import canonical, compare
>>> compare(canonical(blueprint(reference)), canonical(blueprint(build_resnet)))
[]
"""

from course_lib.structure._canonical import canonical
from course_lib.structure._differences import Difference, compare
from course_lib.structure._draw import Drawing, draw, draw_differences
from course_lib.structure._graph import Graph, Node
from course_lib.structure._match import signature
from course_lib.structure._transplant import OtherWeightsError, transplant, weight_shapes

__all__ = [
    "Difference",
    "Drawing",
    "Graph",
    "Node",
    "OtherWeightsError",
    "canonical",
    "compare",
    "draw",
    "draw_differences",
    "signature",
    "transplant",
    "weight_shapes",
]
