"""How the ledger's numbers are computed. Importing this package registers every computation."""

from course_lib.slides.computations import costs, numerics, relations, structure, worked
from course_lib.slides.computations._registry import compute, registered

__all__ = ["compute", "costs", "numerics", "registered", "relations", "structure", "worked"]
