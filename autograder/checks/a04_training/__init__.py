"""Checks of the assignment a04_training, one module for each notebook."""
