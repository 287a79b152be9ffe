"""Figures, pages and words about results: what people read."""
