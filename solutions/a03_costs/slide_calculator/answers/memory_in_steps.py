"""Counts values, then bytes, then kilobytes."""


def memory_kilobytes(layer, shape, bytes_per_value=4, kilo=1024):
    values = 1
    for side in output_shape(layer, shape):
        values *= side
    return values * bytes_per_value / kilo
