"""Your formula 1 - shift / kernel holds only for windows that lie side by side. With overlaps or
gaps you must measure, or compare in which windows the pixel lies before and after.
"""

FAILS = ("unchanged_fraction",)


def unchanged_fraction(width, kernel, stride, shift):
    return max(1 - shift / kernel, 0)
