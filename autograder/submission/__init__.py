"""What a student handed in: read, recognised, aligned with the release."""
