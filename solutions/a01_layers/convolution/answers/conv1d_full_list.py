"""Plain Python: the double sum of the formula, returned as a list."""


def conv1d_full(x, h):
    y = []
    for n in range(len(x) + len(h) - 1):
        y.append(sum(float(x[m]) * float(h[n - m]) for m in range(len(x)) if 0 <= n - m < len(h)))
    return y
