"""Pages: self-contained HTML from templates."""
