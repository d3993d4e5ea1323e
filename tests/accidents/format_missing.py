"""A clean-up tool took the numbers of the format off."""


def happen(notebook):
    del notebook["nbformat"], notebook["nbformat_minor"], notebook["metadata"]
