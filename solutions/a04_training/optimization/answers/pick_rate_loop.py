"""One loss after the other, until the first that is too large."""


def pick_rate(rates, losses):
    best, picked = float("inf"), None
    for rate, loss in zip(rates, losses, strict=True):
        if not loss < 4 * losses[0]:
            break
        if loss < best:
            best, picked = loss, rate
    return 0.1 * float(picked)
