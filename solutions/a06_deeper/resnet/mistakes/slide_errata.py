"""Mistakes in `slide_errata`."""

from autograder.checks import change

change(
    "errata_copied_from_nowhere",
    '"copied_from": [18, 34, 50, 101, 152],',
    '"copied_from": [20, 32, 56, 110, 1202],',
    say=(
        "You gave the depths of the CIFAR networks themselves. Look for 1.8, 3.6, 3.86, 7.6 and "
        "11.3 among the multiply-adds of the networks in section 6."
    ),
)

change(
    "errata_depth_printed",
    '"depth": 18,',
    '"depth": 16,',
    say=(
        "16 is what the slide prints. Count the layers of the smallest network with "
        "`weight_layers`."
    ),
)

change(
    "errata_kernels_printed",
    '"kernels": [3],',
    '"kernels": [1, 3, 7],',
    say=(
        "You gave the kernels that are printed. With option A the network has neither projections "
        "of 1 × 1 nor a stem of 7 × 7."
    ),
)

change(
    "errata_small_pool",
    '"pool": (3, 2),',
    '"pool": (2, 2),',
    say="Your pool is that of VGG, 2 × 2. The table of section 6 has 3 × 3 with stride 2.",
)

change(
    "errata_thousand_classes",
    '"classes": 10,',
    '"classes": 1000,',
    say="1,000 is the number of classes of ImageNet. The errors were measured on CIFAR-10.",
)

change(
    "errata_weight_decay_itself",
    '"weight_decay": 10,',
    '"weight_decay": 1e-4,',
    say=(
        "You gave the weight decay itself. The question is how many times too small the printed "
        "one is: divide 1e-4 by 1e-5."
    ),
)
