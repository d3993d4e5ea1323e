"""You left the expansion out: n · F more for each pixel."""

FAILS = ("break_even_width",)


def break_even_width(channels, filters, kernel):
    direct = kernel**2 * channels * filters
    narrow = 0
    while True:
        wider = narrow + 1
        if channels * wider + kernel**2 * wider**2 >= direct:
            return narrow
        narrow = wider
