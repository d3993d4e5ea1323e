"""Checks of the assignment a06_deeper, one module for each notebook."""
