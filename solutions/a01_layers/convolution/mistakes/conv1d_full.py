"""Mistakes in `conv1d_full`."""

from autograder.checks import change, instead


@instead(
    "as_long_as_x",
    say=(
        "You stop at the length of x. The products x[m] * h[k] reach as far as place len(x) + "
        "len(h) - 2; keep all of them."
    ),
)
def conv1d_full(x, h):
    y = np.zeros(len(x))
    for n in range(len(x)):
        for m in range(n + 1):
            if n - m < len(h):
                y[n] += x[m] * h[n - m]
    return y


change(
    "not_flipped",
    "y[m : m + len(h)] += x[m] * h",
    "y[m : m + len(h)] += x[m] * h[::-1]",
    say=(
        "You computed the correlation. In h[n - m] the index of h runs backwards while m runs "
        "forwards, so the last value of h comes last, not first."
    ),
)

change(
    "one_too_long",
    "y = np.zeros(len(x) + len(h) - 1)",
    "y = np.zeros(len(x) + len(h))",
    say=(
        "Your result is one value too long. The last product is x[-1] * h[-1] at place (len(x) - "
        "1) + (len(h) - 1), so there are len(x) + len(h) - 1 places."
    ),
)


@instead(
    "only_inside",
    say=(
        "You keep only the places where one sequence lies wholly inside the other. The full "
        "convolution also has the places where they overlap in part, len(x) + len(h) - 1 in all."
    ),
)
def conv1d_full(x, h):
    long, short = (x, h) if len(x) >= len(h) else (h, x)
    places = len(long) - len(short) + 1
    return np.array([np.sum(long[n : n + len(short)] * short[::-1]) for n in range(places)])


change(
    "overwritten",
    "y[m : m + len(h)] += x[m] * h",
    "y[m : m + len(h)] = x[m] * h",
    say=(
        "You overwrite what earlier products have written. Many pairs (m, k) meet at the same "
        "place n = m + k: add them with +=."
    ),
)


change(
    "whole_numbers",
    "np.zeros(len(x) + len(h) - 1)",
    "np.zeros(len(x) + len(h) - 1, dtype=int)",
    "y[m : m + len(h)] += x[m] * h",
    "y[m : m + len(h)] += (x[m] * h).astype(int)",
    say=(
        "Your result is an array of whole numbers, which cuts off everything after the "
        "point. Make it with `np.zeros(length)`."
    ),
)


change(
    "one_short",
    "for m in range(len(x)):",
    "for m in range(len(x) - 1):",
    say=("You leave out the last value of x. `range` leaves its end out already: range(len(x))."),
)


change(
    "circular",
    "return y",
    "return np.fft.irfft(np.fft.rfft(x) * np.fft.rfft(h, len(x)), len(x))",
    say=(
        "Your result wraps around: what reaches beyond the end comes back at the start. "
        "Outside, x and h count as zero, and the result has len(x) + len(h) - 1 values."
    ),
)
