"""Pooling has no parameters to hand on: it makes the maps smaller, and so the linear layer behind it
too. Ask how many weights a single unit has, and how many a single filter."""

FAILS = ("why_dense",)


why_dense = "d"
