"""Every term written out; the multiply-adds as floats."""


def bottleneck_costs(height, width, channels, filters, kernel, narrow):
    weights = channels * narrow + narrow * narrow * kernel * kernel + narrow * filters
    return {
        "direct": {
            "parameters": kernel * kernel * channels * filters + filters,
            "macs": float(height) * width * kernel * kernel * channels * filters,
        },
        "bottleneck": {
            "parameters": weights + 2 * narrow + filters,
            "macs": float(height) * width * weights,
        },
    }
