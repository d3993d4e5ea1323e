"""The course's figures, in one style. Every function returns the `matplotlib` figure.

Put the call last in its cell (or `display(...)` it): the figure is not shown a second time.
"""

from course_lib.plots._classification import confusion_matrix, worst_mistakes
from course_lib.plots._curves import history
from course_lib.plots._images import feature_maps, image_grid, samples
from course_lib.plots._style import COLOURS, new_figure, style
from course_lib.plots._trade_off import trade_off

__all__ = [
    "COLOURS",
    "confusion_matrix",
    "feature_maps",
    "history",
    "image_grid",
    "new_figure",
    "samples",
    "style",
    "trade_off",
    "worst_mistakes",
]
