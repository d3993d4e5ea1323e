"""Checks of the assignment a01_layers, one module for each notebook."""
