"""You return the first width that no longer saves anything. The question is for the last one that
does: one less.
"""

FAILS = ("break_even_width",)


def break_even_width(channels, filters, kernel):
    direct = kernel**2 * channels * filters
    narrow = 0
    while True:
        wider = narrow + 1
        if channels * wider + kernel**2 * wider**2 + wider * filters >= direct:
            return wider
        narrow = wider
