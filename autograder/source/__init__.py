"""The course on disk: its settings, its sources, its known mistakes."""
