"""Networks compared by what they are, whatever the style they are written in.

>>> from course_lib.structure import canonical, compare
>>> compare(canonical(blueprint(reference)), canonical(blueprint(build_resnet)))
[]
"""

from course_lib.structure._canonical import canonical
from course_lib.structure._differences import Difference, compare
from course_lib.structure._graph import Graph, Node

__all__ = ["Difference", "Graph", "Node", "canonical", "compare"]
