"""Doors to other formats, in and out: what the field's other programs write made into a scenario, and back."""
