"""Mistakes in `wrong_row`."""

from autograder.checks import change

change(
    "row_of_the_first_stride",
    '"row": 18,',
    '"row": 16,',
    say=(
        "Row 16 is right: 14 × 14 goes in, and row 17 gets 7 × 7. Look for a stride of 2 after which "
        "the size stays."
    ),
)

change(
    "row_of_the_next",
    '"row": 18,',
    '"row": 19,',
    say=(
        "Row 19 has stride 1 and is right. You are one row too far: which row's stride does its input "
        "contradict?"
    ),
)

change(
    "row_stride_printed",
    '"stride": 1,',
    '"stride": 2,',
    say="2 is what the slide prints. Asked is what must stand there instead.",
)

change(
    "row_alone",
    '"macs_lost": (7 * 7 - 4 * 4) * (9 * 1024 + 1024 * 1024),',
    '"macs_lost": (7 * 7 - 4 * 4) * 9 * 1024,',
    say=(
        "You count row 18 alone. Row 19 works on what it puts out, so it has fewer pixels, too, and "
        "it is the expensive one."
    ),
)

change(
    "row_rounded_down",
    '"macs_lost": (7 * 7 - 4 * 4) * (9 * 1024 + 1024 * 1024),',
    '"macs_lost": (7 * 7 - 3 * 3) * (9 * 1024 + 1024 * 1024),',
    say="You make 3 pixels of 7. With `same` padding the division is rounded up: 4.",
)

change(
    "row_what_is_left",
    '"macs_lost": (7 * 7 - 4 * 4) * (9 * 1024 + 1024 * 1024),',
    '"macs_lost": (4 * 4) * (9 * 1024 + 1024 * 1024),',
    say="You give what the two rows cost as printed. Asked is how much less that is.",
)

change(
    "row_depthwise_as_standard",
    '"macs_lost": (7 * 7 - 4 * 4) * (9 * 1024 + 1024 * 1024),',
    '"macs_lost": (7 * 7 - 4 * 4) * (9 * 1024 * 1024 + 1024 * 1024),',
    say="You count row 18 as a standard convolution. It is depthwise: 9 weights for each map.",
)
