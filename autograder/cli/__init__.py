"""The commands, one a file; each is a thin skin over one function."""
