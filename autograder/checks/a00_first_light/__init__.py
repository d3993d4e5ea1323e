"""Checks of the assignment a00_first_light, one module for each notebook."""
