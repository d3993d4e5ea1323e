"""Checks of the assignment a05_classics, one module for each notebook."""
