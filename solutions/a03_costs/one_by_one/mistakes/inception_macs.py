"""Mistakes in `inception_macs`."""

from autograder.checks import change, instead

change(
    "pool_counted",
    '"pool": reduce,',
    '"pool": reduce + 9 * pixels * channels,',
    say=(
        "You count the comparisons of the max pool, nine for each value. As on the slide, only "
        "multiply- adds of weights count."
    ),
)

change(
    "pool_projection_forgotten",
    '"pool": reduce,',
    '"pool": 0,',
    say=(
        "You forgot the 1 × 1 convolution after the pool. The max pool itself counts nothing, its "
        "projection does."
    ),
)

change(
    "reduced_one_by_one",
    '"1x1": pixels * channels * ones,',
    '"1x1": reduce + pixels * depth * ones,',
    say=(
        "Your 1 × 1 branch works on reduced maps. It has no reduction in front of it: it is cheap "
        "already."
    ),
)


@instead(
    "reduction_after",
    say=(
        "You put the reductions after the large filters: these still see all the input maps. "
        "Reduce first, then the 3 × 3 and the 5 × 5 work on n maps."
    ),
)
def inception_macs(height, width, channels, filters, reduction=None):
    ones, threes, fives = filters
    pixels = height * width
    after_3x3 = 0 if reduction is None else pixels * threes * reduction
    after_5x5 = 0 if reduction is None else pixels * fives * reduction
    branches = {
        "1x1": pixels * channels * ones,
        "3x3": pixels * 9 * channels * threes + after_3x3,
        "5x5": pixels * 25 * channels * fives + after_5x5,
        "pool": 0 if reduction is None else pixels * channels * reduction,
    }
    return {**branches, "total": sum(branches.values())}


change(
    "reductions_free",
    """
    pixels = height * width
    reduce = 0 if reduction is None else pixels * channels * reduction
    """,
    """
    pixels = height * width
    """,
    """
    "3x3": reduce + pixels * 9 * depth * threes,
    "5x5": reduce + pixels * 25 * depth * fives,
    "pool": reduce,
    """,
    """
    "3x3": pixels * 9 * depth * threes,
    "5x5": pixels * 25 * depth * fives,
    "pool": 0,
    """,
    say=(
        "You count the reductions as free. Each is a 1 × 1 convolution on all input maps and "
        "belongs to its branch."
    ),
)

change(
    "sides_not_squared",
    """
    "3x3": reduce + pixels * 9 * depth * threes,
    "5x5": reduce + pixels * 25 * depth * fives,
    """,
    """
    "3x3": reduce + pixels * 3 * depth * threes,
    "5x5": reduce + pixels * 5 * depth * fives,
    """,
    say="You count 3 and 5 weights for the window. It has 3 × 3 and 5 × 5 of them.",
)

change(
    "three_by_three_twice",
    'return {**branches, "total": sum(branches.values())}',
    'return {**branches, "total": sum(branches.values()) + pixels * 9 * depth * threes}',
    say=(
        "You count the 3 × 3 convolution twice in the total. So does the slide: each layer is to "
        "be added once."
    ),
)

change(
    "two_for_a_multiply_add",
    "pixels = height * width",
    "pixels = 2 * height * width",
    say="You count each multiply-add of the module as two operations. On the slide it is one.",
)

change(
    "total_without_the_pool",
    '"total": sum(branches.values())',
    '"total": sum(branches.values()) - branches["pool"]',
    say="Your total leaves out the 1 × 1 convolution after the pool.",
)


change(
    "one_pixel",
    "pixels = height * width",
    "pixels = 1",
    say=(
        "Your multiply-adds are those of a single pixel. Every weight is used at each of the "
        "height × width places."
    ),
)


change(
    "five_reads_all",
    '"5x5": reduce + pixels * 25 * depth * fives',
    '"5x5": reduce + pixels * 25 * channels * fives',
    say="Your 5 × 5 filters see all input maps. With a reduction they see its maps only.",
)


change(
    "reduction_once",
    '"5x5": reduce + pixels',
    '"5x5": pixels',
    say=(
        "You count the reduction before the 5 × 5 as free. It has filters of its own, like "
        "that before the 3 × 3."
    ),
)


change(
    "projection_of_three",
    '"pool": reduce,',
    '"pool": 9 * reduce,',
    say=(
        "You count the projection after the pool with windows of 3 × 3. The window was the pool's; "
        "the projection is a 1 × 1 convolution."
    ),
)


change(
    "projection_of_three_in_the_branch",
    """
    return {**branches, "total": sum(branches.values())}
    """,
    """
    total = sum(branches.values())
    return {**branches, "pool": 9 * reduce, "total": total}
    """,
    say=(
        "You count the projection after the pool with windows of 3 × 3. The window was the pool's; "
        "the projection is a 1 × 1 convolution."
    ),
)
