"""ReLU has no parameters: it replaces negative values by zero. Ask how many weights a single unit
has, and how many a single filter."""

FAILS = ("why_dense",)


why_dense = "c"
