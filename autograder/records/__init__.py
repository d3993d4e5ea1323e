"""What is kept of a grading run: results, their history, the gradebook."""
