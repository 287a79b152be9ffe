"""The minutes of single worlds: as text, Markdown and pages."""
