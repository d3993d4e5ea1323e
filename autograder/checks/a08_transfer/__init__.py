"""Checks of the assignment a08_transfer, one module for each notebook."""
