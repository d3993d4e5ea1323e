"""More units alone do not explain it: 500 filters of 5 × 5 on 20 channels would have a fifth of
these parameters. Ask how many weights a single unit has, and how many a single filter."""

FAILS = ("why_dense",)


why_dense = "a"
