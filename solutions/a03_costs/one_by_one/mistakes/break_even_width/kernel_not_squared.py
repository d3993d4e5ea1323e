"""You use K instead of K². Both the direct convolution and the middle of the bottleneck have K × K
weights for each pair of maps.
"""

FAILS = ("break_even_width",)


def break_even_width(channels, filters, kernel):
    direct = kernel * channels * filters
    narrow = 0
    while True:
        wider = narrow + 1
        if channels * wider + kernel * wider**2 + wider * filters >= direct:
            return narrow
        narrow = wider
