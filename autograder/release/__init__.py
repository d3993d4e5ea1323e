"""What students get, made from the sources."""
