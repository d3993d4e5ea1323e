"""What a network costs: parameters, multiply-adds, activation memory and receptive field.

>>> from course_lib import costs
>>> table = costs.count(lambda: keras.applications.VGG16(weights=None))
>>> table.parameters, table.macs
(138357544, 15470264320)
>>> print(table.to_markdown())

**What is counted.** One multiply-add is one MAC, which is what the slides call a FLOP; `flops` is
always `2 * macs`. Convolutions, dense layers, recurrences and attention are counted. Not counted,
unless an argument says so: adding a bias, pooling, normalization. Never counted: activation
functions, merging, dropout, and anything that only moves data. A layer that the library does not
know is listed in `unsupported`, and is never taken for zero.

No weight is allocated: see `course_lib.blueprints`.
"""

from course_lib.costs._conventions import Conventions
from course_lib.costs._count import count
from course_lib.costs._plot import plot
from course_lib.costs._registry import Call, Unsupported
from course_lib.costs._table import CostRow, CostTable

__all__ = ["Call", "Conventions", "CostRow", "CostTable", "Unsupported", "count", "plot"]
