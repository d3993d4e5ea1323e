"""The two steps done by Python, the numbers of the repairs as a tuple."""


def printed_steps():
    w, p, points = 1.0, 0.0, []
    for _ in range(2):
        p = 0.9 * p - 0.1 * w
        w = w - 0.1 * p
        points.append(w)
    return points


printed_momentum = {"w_1": printed_steps()[0], "w_2": printed_steps()[1], "repairs": (1, 2)}
