"""Checks of the assignment a03_costs, one module for each notebook."""
