"""You compare the large filters alone and leave the two 1 × 1 layers out. They are what the saving
has to pay for.
"""

FAILS = ("break_even_width",)


def break_even_width(channels, filters, kernel):
    direct = kernel**2 * channels * filters
    narrow = 0
    while True:
        wider = narrow + 1
        if kernel**2 * wider**2 >= direct:
            return narrow
        narrow = wider
