"""Checks of the assignment a02_normalization, one module for each notebook."""
