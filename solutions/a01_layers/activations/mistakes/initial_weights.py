"""Mistakes in `initial_weights`."""

from autograder.checks import change

change(
    "fans_without_the_kernel",
    """
    *taps, inputs, outputs = shape
    positions = int(np.prod(taps))
    return positions * inputs, positions * outputs
    """,
    """
    return shape[-2], shape[-1]
    """,
    say=(
        "You count the channels only. One output of a convolution adds up every tap of the kernel: "
        "multiply by its height and width."
    ),
)

change(
    "fans_without_the_kernel_in_fan_out",
    """
    *taps, inputs, outputs = shape
    positions = int(np.prod(taps))
    return positions * inputs, positions * outputs
    """,
    """
    return int(np.prod(shape[:-1])), shape[-1]
    """,
    say=(
        "Your fan-out counts the filters only. An input value takes part in an output for every "
        "tap of every filter."
    ),
)

change(
    "msra_std_is_the_variance",
    "return np.sqrt(2 / fans(shape)[0])",
    "return 2 / fans(shape)[0]",
    say="2 / fan-in is the variance. The standard deviation is its root.",
)

change(
    "msra_std_of_fan_out",
    "return np.sqrt(2 / fans(shape)[0])",
    "return np.sqrt(2 / fans(shape)[1])",
    say="You divide by the fan-out. MSRA on the slide divides by k * k * d, the fan-in.",
)

change(
    "msra_std_without_two",
    "return np.sqrt(2 / fans(shape)[0])",
    "return np.sqrt(1 / fans(shape)[0])",
    say=(
        "Your variance is 1 / fan-in. ReLU cuts off half of the signal, so MSRA has a 2 above the "
        "line."
    ),
)

change(
    "weights_of_swapped_fans",
    "return positions * inputs, positions * outputs",
    "return positions * outputs, positions * inputs",
    say=(
        "You swapped the two fans. The fan-in counts the numbers that one output adds up, so it "
        "has the input channels in it."
    ),
)

change(
    "xavier_limit_is_the_std",
    "return np.sqrt(6 / sum(fans(shape)))",
    "return np.sqrt(2 / sum(fans(shape)))",
    say=(
        "You return the standard deviation. The limit of a uniform distribution is sqrt(3) times "
        "as large, so a 6 stands where you have a 2."
    ),
)

change(
    "xavier_limit_of_fan_in",
    "return np.sqrt(6 / sum(fans(shape)))",
    "return np.sqrt(3 / fans(shape)[0])",
    say=(
        "You divide 3 by the fan-in alone. Xavier looks at both directions: 6 over the sum of the "
        "fans."
    ),
)

change(
    "xavier_limit_of_msra",
    "return np.sqrt(6 / sum(fans(shape)))",
    "return np.sqrt(6 / fans(shape)[0])",
    say=(
        "You divide 6 by the fan-in alone, which is the uniform form of MSRA. Xavier divides by "
        "fan-in plus fan-out."
    ),
)

change(
    "msra_std_of_both",
    "return np.sqrt(2 / fans(shape)[0])",
    "return np.sqrt(2 / sum(fans(shape)))",
    say="You divide by the sum of the fans, as Xavier does. MSRA divides by the fan-in alone.",
    inside="msra_std",
)


change(
    "xavier_limit_without_root",
    "return np.sqrt(6 / sum(fans(shape)))",
    "return 6 / sum(fans(shape))",
    say="The root is missing: l = sqrt(6 / (fan-in + fan-out)).",
    inside="xavier_limit",
)


change(
    "msra_std_of_he_with_one",
    "return np.sqrt(2 / fans(shape)[0])",
    "return 2 / np.sqrt(fans(shape)[0])",
    say=(
        "Your 2 stands outside the root. The variance is 2 / fan-in, and its root is taken as "
        "a whole."
    ),
    inside="msra_std",
)


change(
    "xavier_limit_of_three",
    "return np.sqrt(6 / sum(fans(shape)))",
    "return np.sqrt(3 / sum(fans(shape)))",
    say=(
        "You have 3 above the line. The variance of a uniform distribution is l ** 2 / 3, and "
        "it shall be 2 over the sum of the fans: 6."
    ),
    inside="xavier_limit",
)


change(
    "fans_of_one_side",
    "positions = int(np.prod(taps))",
    "positions = int(taps[0]) if taps else 1",
    say="You multiply by the kernel's height only. A kernel has height × width taps.",
    inside="fans",
)


change(
    "xavier_limit_root_of_the_six",
    "np.sqrt(6 / sum(fans(shape)))",
    "np.sqrt(6) / sum(fans(shape))",
    say="You take the root of the 6 alone. It goes over the whole fraction: np.sqrt(6 / (fan_in + fan_out)).",
)
