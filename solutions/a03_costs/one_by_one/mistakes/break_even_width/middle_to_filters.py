"""In your count the large filters turn n maps into F. In a bottleneck they turn n into n, and the
expansion makes F.
"""

FAILS = ("break_even_width",)


def break_even_width(channels, filters, kernel):
    direct = kernel**2 * channels * filters
    narrow = 0
    while True:
        wider = narrow + 1
        if channels * wider + kernel**2 * wider * filters >= direct:
            return narrow
        narrow = wider
